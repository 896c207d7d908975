using System.Text;

namespace FinML.Data.Tests.Fuzz;

/// <summary>
/// What every loader has to stand: a hundred thousand spoilt files, of which each gives a right answer or a clear
/// refusal, in bounded memory. A loader joins with its honest files and a check of what it accepted.
/// </summary>
public abstract class LoaderFuzz(ulong seed)
{
    private const int Files = 100_000;
    private const long MostAllocated = 48L << 20; // of one file, a bomb's too

    /// <summary>Small files such as the loader is made for.</summary>
    protected abstract IReadOnlyList<string> Honest { get; }

    /// <summary>The limits that a loader which takes some is given.</summary>
    protected static LoadLimits Limits { get; } = new()
    {
        MaximumBytes = 1 << 20,
        MaximumLineBytes = 1 << 16,
        MaximumValues = 1 << 18,
    };

    /// <summary>Loads a file and checks what came out; false where it was refused with a report.</summary>
    /// <exception cref="DataException">It was refused.</exception>
    protected abstract bool Load(byte[] file);

    [Fact]
    public void Spoilt_files_are_refused_or_right()
    {
        RandomStream random = new(seed);
        Mutator mutator = new(random);
        byte[][] honest = [.. Honest.Select(Encoding.UTF8.GetBytes)];
        int accepted = 0, refused = 0;
        for (int i = 0; i < Files; i++)
        {
            byte[] file = mutator.Next(honest[random.NextInt(honest.Length)]);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                accepted += Load(file) ? 1 : 0;
            }
            catch (DataException e)
            {
                refused++;
                Assert.Matches(@"\S", e.Message);
                Assert.True(e.Message.Length < 2000, e.Message);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"File {i} ({Convert.ToBase64String(file.AsSpan(0, Math.Min(2000, file.Length)))}): {e}");
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MostAllocated, $"File {i} took {allocated} bytes.");
        }

        refused = Files - accepted;
        Assert.True(accepted > Files / 20 && refused > Files / 20, $"{accepted} accepted, {refused} refused");
    }

    /// <summary>Checks a panel that was accepted, or the report of one that was not.</summary>
    protected static bool Check(LoadedPanel loaded)
    {
        if (loaded.Panel is not { } panel)
        {
            Assert.NotEmpty(loaded.Report.Problems);
            Assert.True(loaded.Report.ProblemCount >= loaded.Report.Problems.Count);
            foreach (ImportProblem problem in loaded.Report.Problems)
            {
                Assert.EndsWith(".", problem.Message, StringComparison.Ordinal);
            }

            return false;
        }

        Assert.Empty(loaded.Report.Problems);
        Check(panel);
        return true;
    }

    /// <summary>Checks what a panel has to be, which one made by a loader is trusted to be.</summary>
    protected static void Check(Panel panel)
    {
        for (int t = 0; t < panel.Length; t++)
        {
            Assert.True(t == 0 || panel.Times[t] > panel.Times[t - 1]);
            Assert.True(panel.AvailableAt[t] >= panel.Times[t]);
        }

        Assert.Equal(panel.Assets.Count, panel.Assets.Distinct().Count());
        for (int a = 0; a < panel.Assets.Count; a++)
        {
            for (int f = 0; f < panel.Fields.Count; f++)
            {
                foreach (double x in panel.Column(a, f))
                {
                    Assert.False(double.IsInfinity(x));
                }
            }
        }
    }
}
