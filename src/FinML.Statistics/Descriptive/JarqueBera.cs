namespace FinML.Statistics;

/// <summary>
/// Test of normality by C. M. Jarque and A. K. Bera (1987): n / 6 (skewness^2 + (kurtosis - 3)^2 / 4), chi-squared with
/// two degrees of freedom for independent normal values. In small samples it rejects too seldom, and dependence makes
/// it reject too often.
/// </summary>
/// <param name="Statistic">The sum.</param>
/// <param name="PValue">P(chi-squared &gt; statistic).</param>
/// <param name="Skewness">Third standardised moment.</param>
/// <param name="Kurtosis">Fourth standardised moment.</param>
/// <param name="Count">n.</param>
public sealed record JarqueBera(double Statistic, double PValue, double Skewness, RawKurtosis Kurtosis, int Count)
{
    /// <summary>Runs the test.</summary>
    /// <param name="values">Four or more, finite and not constant.</param>
    public static JarqueBera Test(ReadOnlySpan<double> values)
    {
        Guard.Series(values, 4, nameof(values));
        Guard.NotConstant(values, nameof(values));
        Moments moments = Moments.Of(values);
        double skewness = moments.Skewness, excess = moments.Kurtosis.ToExcess().Value;
        double statistic = moments.Count / 6.0 * (skewness * skewness + excess * excess / 4);
        return new JarqueBera(
            statistic, Tails.ChiSquaredUpper(statistic, 2), skewness, moments.Kurtosis, moments.Count);
    }
}
