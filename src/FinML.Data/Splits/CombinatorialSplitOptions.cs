namespace FinML.Data;

/// <summary>How to cut a series for a combinatorial purged cross-validation.</summary>
public sealed record CombinatorialSplitOptions
{
    /// <summary>The largest number of splits that is made.</summary>
    public const int MaximumSplits = 20_000;

    /// <summary>N, the groups that the rows are cut into. At least 2.</summary>
    public int Groups { get; init; } = 6;

    /// <summary>k, the groups that a split tests on. In [1, Groups - 1].</summary>
    public int TestGroups { get; init; } = 2;

    /// <summary>Rows left out after the last row that a test label reads. 0 or more.</summary>
    public int Embargo { get; init; }

    /// <summary>The first row to use at all: the warm-up of the features. 0 or more.</summary>
    public int Start { get; init; }

    /// <summary>The splits, N choose k.</summary>
    public long SplitCount => Choose(Groups, TestGroups);

    /// <summary>The backtest paths, (N - 1) choose (k - 1) = k / N x splits.</summary>
    public long PathCount => Choose(Groups - 1, TestGroups - 1);

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message says both.</exception>
    public void Validate()
    {
        Guard.AtLeast(Groups, 2, nameof(Groups));
        Guard.AtLeast(Embargo, 0, nameof(Embargo));
        Guard.AtLeast(Start, 0, nameof(Start));
        if (TestGroups < 1 || TestGroups >= Groups)
        {
            throw new ArgumentOutOfRangeException(nameof(TestGroups), TestGroups,
                $"TestGroups must be in [1, {Groups - 1}] for {Groups} groups.");
        }

        if (SplitCount > MaximumSplits)
        {
            throw new ArgumentOutOfRangeException(nameof(Groups), Groups,
                $"{Groups} groups with {TestGroups} to test on make more than {MaximumSplits} splits.");
        }
    }

    /// <summary>n choose k; the largest long where it is beyond <see cref="MaximumSplits"/> by far.</summary>
    private static long Choose(int n, int k)
    {
        long value = 1;
        for (int i = 1; i <= Math.Min(k, n - k); i++)
        {
            value = value * (n - i + 1) / i; // exact: a product of i neighbours divides by i!
            if (value > 1L << 40)
            {
                return long.MaxValue;
            }
        }

        return value;
    }
}
