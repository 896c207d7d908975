using System.Diagnostics;
using FinML.Data;
using FinML.Statistics;

namespace FinML.Benchmarks.Statistics;

/// <summary>Seconds of permutation tests and of distances, on one thread.</summary>
internal static class PermutationRows
{
    private static readonly PermutationOptions Million =
        new() { ExactLimit = 0, Permutations = 1_000_000, Seed = 1, MaxThreads = 1 };

    internal static void AddTo(Dictionary<string, Func<Action>> works, List<Row> rows)
    {
        const string peered = "permutation test of two means, n 100, B 10,000";
        works.Add(peered, () => TwoMeans(10_000));
        rows.Add(new PeerRow(peered));
        rows.Add(Quantity("1,000,000 permutations of two means, n 100", TwoMeans(1_000_000)));
        rows.Add(Quantity("1,000,000 sign flips of 100 pairs", SignFlips()));
        rows.Add(Quantity("exact permutation test, 40 observations", Exact()));
        rows.Add(Quantity("mutual information, 10,000 pairs", Information()));
    }

    private static Action TwoMeans(int permutations)
    {
        double[] first = Normals(50, 1), second = Normals(50, 2);
        return () => PermutationTest.TwoSample(first, second, options: Million with { Permutations = permutations });
    }

    private static Action SignFlips()
    {
        double[] differences = Normals(100, 1);
        return () => PermutationTest.SignFlip(differences, options: Million);
    }

    private static Action Exact()
    {
        double[] first = Normals(20, 1), second = Normals(20, 2);
        return () => PermutationTest.TwoSample(first, second);
    }

    private static Action Information()
    {
        double[] x = Normals(10_000, 1), y = Normals(10_000, 2);
        return () => MutualInformation.Of(x, y);
    }

    private static double[] Normals(int count, ulong stream)
    {
        var random = new RandomStream(7, stream);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = random.NextNormal();
        return values;
    }

    private static QuantityRow Quantity(string name, Action work) => new(name, "s", () =>
    {
        double[] seconds = new double[3];
        for (int i = 0; i < seconds.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return seconds;
    });
}
