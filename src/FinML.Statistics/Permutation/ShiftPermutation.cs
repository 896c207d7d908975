namespace FinML.Statistics;

/// <summary>
/// One of two aligned series is turned on its circle. The n shifts are a group, so that the test is exact for circular
/// series; for others the seam is one place of n. All shifts are counted, and nothing is drawn.
/// </summary>
internal static class ShiftPermutation
{
    private const int Minimum = 20; // so that a test at 5 per cent can reject

    internal static PermutationTest Correlation(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, Alternative alternative)
    {
        PairPermutation.Check(x, y, Minimum);
        double[] a = PairPermutation.Standardise(x, out double errorX);
        double[] b = PairPermutation.Standardise(y, out double errorY);
        return Run(a, b, "correlation", InnerProduct.Of, alternative, errorX + errorY);
    }

    internal static PermutationTest Any(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        string name,
        TwoSeriesFunction statistic,
        Alternative alternative)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(statistic);
        PairPermutation.Check(x, y, Minimum);
        double estimate = statistic(x, y);
        Guard.Finite(estimate, $"The {name} of the data");
        return Run(x, y, name, statistic, alternative, PermutationQuestion.Relative(estimate));
    }

    private static PermutationTest Run(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        string name,
        TwoSeriesFunction statistic,
        Alternative alternative,
        double tolerance)
    {
        int n = x.Length;
        double[] twice = [.. y, .. y];
        var question = new PermutationQuestion(name, "circular shifts of y", statistic(x, y), alternative, tolerance);
        int extreme = 0;
        for (int shift = 0; shift < n; shift++)
        {
            double value = PermutationQuestion.Finite(name, statistic(x, twice.AsSpan(shift, n)));
            extreme += question.Counts(value) ? 1 : 0;
        }

        return question.Exact(extreme, n, blockLength: n, seed: 0);
    }
}
