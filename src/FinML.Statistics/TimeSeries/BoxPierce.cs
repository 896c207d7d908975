namespace FinML.Statistics;

/// <summary>
/// Test of Box and Pierce (1970) that the first autocorrelations are all zero: Q = n sum r_k^2, chi-squared. It rejects
/// too seldom in small samples; <see cref="LjungBox"/> mends that.
/// </summary>
/// <param name="Statistic">Q.</param>
/// <param name="PValue">P(chi-squared &gt; Q).</param>
/// <param name="Lags">Number of autocorrelations in the sum.</param>
/// <param name="FittedParameters">Parameters of the model whose residuals were tested; 0 for raw data.</param>
public sealed record BoxPierce(double Statistic, double PValue, int Lags, int FittedParameters)
{
    /// <summary>Runs the test.</summary>
    /// <param name="values">Finite and not constant.</param>
    /// <param name="lags">From 1 to the number of values less 1, above <paramref name="fittedParameters"/>.</param>
    /// <param name="fittedParameters">0 for raw data; p + q for the residuals of an ARMA(p, q).</param>
    public static BoxPierce Test(ReadOnlySpan<double> values, int lags, int fittedParameters = 0)
    {
        Guard.Series(values, 3, nameof(values));
        Guard.AtLeast(fittedParameters, 0, nameof(fittedParameters));
        Guard.InRange(lags, fittedParameters + 1, values.Length - 1, nameof(lags));
        double[] r = Autocorrelation.Compute(values, lags);
        double statistic = 0;
        for (int k = 1; k <= lags; k++)
            statistic += values.Length * r[k] * r[k];
        return new BoxPierce(
            statistic, Tails.ChiSquaredUpper(statistic, lags - fittedParameters), lags, fittedParameters);
    }
}
