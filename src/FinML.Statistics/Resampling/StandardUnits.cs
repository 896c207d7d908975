namespace FinML.Statistics;

/// <summary>
/// Values as deviations from their mean in units of their standard deviation: powers of these neither overflow nor lose
/// the digits that the differences of running sums need.
/// </summary>
internal readonly record struct StandardUnits(double Centre, double Scale)
{
    // Below this share of the variance of the data, the variance of a resample is rounding: the resample is constant.
    private const double Negligible = 1e-13;

    internal static StandardUnits Of(ReadOnlySpan<double> values)
    {
        Moments moments = Moments.Of(values);
        double scale = moments.StandardDeviation(0);
        return new StandardUnits(moments.Mean, scale > 0 ? scale : 1);
    }

    internal double From(double value) => (value - Centre) / Scale;

    /// <summary>m2 - m1^2; exactly 0 where it is rounding.</summary>
    internal static double Variance(double first, double second)
    {
        double variance = second - first * first;
        return variance > Negligible ? variance : 0;
    }

    /// <summary>A mean of numbers that are 0 or more and whose mean over the data is <paramref name="ofData"/>;
    /// exactly 0 where it is rounding.</summary>
    internal static double Share(double mean, double ofData) => mean > Negligible * ofData ? mean : 0;
}
