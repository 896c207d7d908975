using System.Numerics;

namespace FinML.Statistics;

/// <summary>
/// Counts the sums of subsets without listing them: those of either half of the numbers are listed and sorted,
/// 2^(n/2) of each, and pairs are counted by two pointers (Horowitz and Sahni 1974). Exact permutation tests of means
/// are such counts (Pagano and Tritchler 1983 had them for whole numbers); 10^11 arrangements take a tenth of a second.
/// </summary>
internal sealed class SubsetSums
{
    private readonly double[][] _left, _right; // by number of chosen items, ascending
    private readonly int _chosen;

    /// <summary>Subsets of exactly <paramref name="chosen"/> of the values.</summary>
    internal SubsetSums(ReadOnlySpan<double> values, int chosen)
    {
        int half = values.Length / 2;
        _left = BySize(values[..half]);
        _right = BySize(values[half..]);
        _chosen = chosen;
    }

    /// <summary>Number of subsets whose sum is <paramref name="threshold"/> or more.</summary>
    internal long CountAtLeast(double threshold)
    {
        long count = 0;
        for (int fromLeft = 0; fromLeft < _left.Length; fromLeft++)
        {
            int fromRight = _chosen - fromLeft;
            if (fromRight >= 0 && fromRight < _right.Length)
                count += PairsAtLeast(_left[fromLeft], _right[fromRight], threshold);
        }

        return count;
    }

    /// <summary>Number of pairs, one from each ascending list, whose sum is the threshold or more.</summary>
    internal static long PairsAtLeast(double[] left, double[] right, double threshold)
    {
        long count = 0;
        int from = right.Length; // right[from..] reach the threshold with the current left
        foreach (double value in left)
        {
            while (from > 0 && value + right[from - 1] >= threshold)
                from--;
            count += right.Length - from;
        }

        return count;
    }

    /// <summary>The sums of all subsets; entry b has the items of the bits of b.</summary>
    internal static double[] All(ReadOnlySpan<double> items)
    {
        var sums = new double[1 << items.Length];
        for (int mask = 1; mask < sums.Length; mask++)
            sums[mask] = sums[mask & (mask - 1)] + items[BitOperations.TrailingZeroCount(mask)];
        return sums;
    }

    private static double[][] BySize(ReadOnlySpan<double> items)
    {
        double[] all = All(items);
        var size = new int[items.Length + 1];
        for (int mask = 0; mask < all.Length; mask++)
            size[BitOperations.PopCount((uint)mask)]++;
        double[][] lists = [.. size.Select(count => new double[count])];
        Array.Clear(size);
        for (int mask = 0; mask < all.Length; mask++)
        {
            int chosen = BitOperations.PopCount((uint)mask);
            lists[chosen][size[chosen]++] = all[mask];
        }

        foreach (double[] list in lists)
            Array.Sort(list);
        return lists;
    }
}
