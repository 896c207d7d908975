using System.Globalization;
using FinML.Data.Features;

namespace FinML.Data.Tests.Cache;

/// <summary>
/// The other process of <see cref="FeatureCacheProcessTests"/>: asks a shared cache for entries in random order, holds
/// each to its own computation, now and then damages one, and fails where a bit differs.
/// </summary>
internal static class FeatureCacheProcess
{
    public const string Name = "feature-cache";

    public const int Entries = 8;

    /// <summary>Room for five of the eight entries: they push each other out.</summary>
    public static FeatureCacheOptions Options { get; } = new() { MaximumBytes = 5 * 6_500 };

    public static (FeatureSet Set, Panel Panel) Entry(int number) =>
        (new FeatureSet(new LogReturn(1 + number), new RollingVolatility(5)),
            TestPanels.RandomWalk(250, (ulong)number));

    public static int Run(string[] arguments)
    {
        FeatureCache cache = new(arguments[0], Options);
        int requests = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        RandomStream random = new(ulong.Parse(arguments[2], CultureInfo.InvariantCulture));
        var entries = Enumerable.Range(0, Entries).Select(Entry).ToArray();
        var expected = Array.ConvertAll(entries, e => e.Set.Compute(e.Panel, "A").Values.ToArray());
        int[] outcomes = new int[4];
        Console.WriteLine(FeatureCacheKey.Of(entries[0].Set, entries[0].Panel, "A").Hash);
        for (int i = 0; i < requests; i++)
        {
            int number = random.NextInt(Entries);
            (FeatureSet set, Panel panel) = entries[number];
            CachedFeatures got = cache.GetOrCompute(set, panel, "A");
            outcomes[(int)got.Outcome]++;
            if (!got.Features.Values.SequenceEqual(expected[number].AsSpan(), BitComparer.Instance))
            {
                Console.Error.WriteLine($"Entry {number} differs after {i} requests ({got.Outcome}).");
                return 1;
            }

            if (random.NextInt(10) == 0)
            {
                Damage(cache.PathOf(FeatureCacheKey.Of(set, panel, "A")), random);
            }
        }

        Console.WriteLine(string.Join(" ", outcomes));
        return 0;
    }

    /// <summary>Writes over a byte in place, as a failing disk would.</summary>
    private static void Damage(string path, RandomStream random)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.ReadWrite,
                FileShare.ReadWrite | FileShare.Delete);
            stream.Position = random.NextInt((int)stream.Length);
            int old = stream.ReadByte();
            stream.Position--;
            stream.WriteByte((byte)(old ^ (1 << random.NextInt(8))));
        }
        catch (IOException)
        {
            // Another process pushed the entry out: there is nothing to damage.
        }
    }

    private sealed class BitComparer : IEqualityComparer<double>
    {
        public static BitComparer Instance { get; } = new();

        public bool Equals(double x, double y) =>
            BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y);

        public int GetHashCode(double obj) => obj.GetHashCode();
    }
}
