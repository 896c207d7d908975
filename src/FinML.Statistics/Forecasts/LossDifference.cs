namespace FinML.Statistics;

/// <summary>First losses less second: above 0 where the first forecaster is the worse one.</summary>
internal static class LossDifference
{
    internal static double[] Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second, int horizon)
    {
        Guard.AtLeast(horizon, 1, nameof(horizon));
        int needed = Math.Max(horizon + 2, 4);
        Guard.Series(first, needed, "firstLosses");
        Guard.Series(second, needed, "secondLosses");
        Guard.SameLength(first, second, "firstLosses", "secondLosses");
        var difference = new double[first.Length];
        for (int t = 0; t < difference.Length; t++)
            difference[t] = first[t] - second[t];
        if (Guard.IsConstant(difference))
            throw new ArgumentException(
                $"The losses differ by {Guard.Text(difference[0])} on all {difference.Length} occasions; their " +
                $"difference must vary.", "secondLosses");
        return difference;
    }

    /// <summary>Values less their mean.</summary>
    internal static double[] Centred(double[] values)
    {
        double mean = Moments.Of(values).Mean;
        return Array.ConvertAll(values, value => value - mean);
    }
}
