using System.Runtime.InteropServices;

namespace FinML.Statistics;

/// <summary>The signs of values, or of blocks of them, are drawn anew.</summary>
internal static class SignFlipPermutation
{
    internal static PermutationTest Mean(
        ReadOnlySpan<double> differences, Alternative alternative, PermutationOptions options)
    {
        Guard.Series(differences, 2, nameof(differences));
        double[] values = differences.ToArray();
        var blocks = new Blocks(values.Length, options.BlockLength, 2, nameof(differences));
        var units = new double[blocks.Number]; // sums of blocks over n
        double estimate = 0, largest = 0;
        for (int i = 0; i < units.Length; i++)
        {
            foreach (double value in blocks.Of(values, i))
            {
                units[i] += value / values.Length;
                largest = Math.Max(largest, Math.Abs(value));
            }

            estimate += units[i];
        }

        if (largest == 0)
            throw new ArgumentException(
                $"differences is 0 over {values.Length} values; a sign flip needs one that is not.",
                nameof(differences));
        string scheme = options.BlockLength == 1 ? "signs" : "signs of blocks";
        var question = new PermutationQuestion("mean", scheme, estimate, alternative, 1e-15 * largest);
        return units.Length <= 48 && 1L << (units.Length - units.Length / 2) <= options.ExactLimit
            ? question.Exact(Extreme(question, units), 1L << units.Length, options.BlockLength, options.Seed)
            : MonteCarloPermutation.Run(question, () => new Sampler(units, new IndexDraws(options.Seed)), options);
    }

    /// <summary>The sums with signs are symmetric about 0: what is extreme below is as much as what is above.</summary>
    private static long Extreme(PermutationQuestion question, double[] units)
    {
        double threshold = question.Extremeness(question.Estimate) - question.Tolerance;
        if (question.Alternative == Alternative.TwoSided && threshold <= 0)
            return 1L << units.Length;
        int half = units.Length / 2;
        long above = SubsetSums.PairsAtLeast(Sorted(units.AsSpan(0, half)), Sorted(units.AsSpan(half)), threshold);
        return question.Alternative == Alternative.TwoSided ? 2 * above : above;
    }

    private static double[] Sorted(ReadOnlySpan<double> units)
    {
        double[] sums = Signed(units);
        Array.Sort(sums);
        return sums;
    }

    /// <summary>Sums of all choices of signs; in entry b the items of the bits of b keep theirs.</summary>
    private static double[] Signed(ReadOnlySpan<double> units)
    {
        double total = 0;
        foreach (double unit in units)
            total += unit;
        double[] sums = SubsetSums.All(units);
        for (int mask = 0; mask < sums.Length; mask++)
            sums[mask] = 2 * sums[mask] - total;
        return sums;
    }

    /// <summary>
    /// A random byte is the signs of eight units, and a table of 256 knows their sum: n / 8 look-ups an arrangement.
    /// </summary>
    private sealed class Sampler(double[] units, IndexDraws draws) : PermutationSampler
    {
        private readonly double[] _tables = Tables(units); // (groups of 8, 256)

        internal override void Fill(ulong chunk, Span<double> statistics)
        {
            draws.Start(chunk);
            Span<ulong> words = stackalloc ulong[1];
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(words);
            for (int r = 0; r < statistics.Length; r++)
            {
                double sum = 0;
                for (int table = 0; table < _tables.Length;)
                {
                    words[0] = draws.Word();
                    for (int k = 0; k < 8 && table < _tables.Length; k++, table += 256)
                        sum += _tables[table + bytes[k]];
                }

                statistics[r] = sum;
            }
        }

        /// <summary>The last group is filled up with zeros.</summary>
        private static double[] Tables(double[] units)
        {
            int groups = (units.Length + 7) / 8;
            var padded = new double[8 * groups];
            units.CopyTo(padded, 0);
            return [.. Enumerable.Range(0, groups).SelectMany(g => Signed(padded.AsSpan(8 * g, 8)))];
        }
    }
}
