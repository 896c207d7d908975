using MathNet.Numerics;

namespace FinML.Statistics;

/// <summary>
/// Test of Ljung and Box (1978) that the first autocorrelations are all zero: Q = n (n + 2) sum_k r_k^2 / (n - k),
/// chi-squared with <see cref="Lags"/> - <see cref="FittedParameters"/> degrees of freedom. The null assumes constant
/// variance; volatility clustering makes the test reject too often.
/// </summary>
public sealed record LjungBox
{
    /// <summary>Q.</summary>
    public required double Statistic { get; init; }

    /// <summary>P(chi-squared &gt; Q).</summary>
    public required double PValue { get; init; }

    /// <summary>Number of autocorrelations in the sum.</summary>
    public required int Lags { get; init; }

    /// <summary>Parameters of the model whose residuals were tested; 0 for raw data.</summary>
    public required int FittedParameters { get; init; }

    /// <summary>Runs the test.</summary>
    /// <param name="values">Finite and not constant.</param>
    /// <param name="lags">From 1 to the number of values less 1, above <paramref name="fittedParameters"/>.</param>
    /// <param name="fittedParameters">0 for raw data; p + q for the residuals of an ARMA(p, q).</param>
    public static LjungBox Test(ReadOnlySpan<double> values, int lags, int fittedParameters = 0)
    {
        Guard.Series(values, 3, nameof(values));
        Guard.AtLeast(fittedParameters, 0, nameof(fittedParameters));
        Guard.InRange(lags, fittedParameters + 1, values.Length - 1, nameof(lags));
        double[] r = Autocorrelation.Compute(values, lags);
        double n = values.Length, sum = 0;
        for (int k = 1; k <= lags; k++)
            sum += r[k] * r[k] / (n - k);
        double statistic = n * (n + 2) * sum;
        return new LjungBox
        {
            Statistic = statistic,
            PValue = SpecialFunctions.GammaUpperRegularized((lags - fittedParameters) / 2.0, statistic / 2),
            Lags = lags,
            FittedParameters = fittedParameters,
        };
    }
}
