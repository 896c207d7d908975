using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// Dynamic quantile test of Engle and Manganelli (2004): hit_t - p is explained neither by a constant, nor by its own
/// last values, nor by the forecast. b'X'Xb / (p (1 - p)) is chi-squared with as many degrees of freedom as regressors.
/// </summary>
public sealed record DynamicQuantileTest
{
    /// <summary>b'X'Xb / (p (1 - p)).</summary>
    public required double Statistic { get; init; }

    /// <summary>P(chi-squared &gt; statistic).</summary>
    public required double PValue { get; init; }

    /// <summary>Number of regressors.</summary>
    public required int DegreesOfFreedom { get; init; }

    /// <summary>Number of violations among the occasions used.</summary>
    public required int Violations { get; init; }

    /// <summary>Number of occasions used, the first lags left out.</summary>
    public required int Count { get; init; }

    /// <summary>Runs the test.</summary>
    /// <param name="violations">Whether each occasion was one, in order of time.</param>
    /// <param name="probability">Promised share.</param>
    /// <param name="forecasts">The forecast quantile for each occasion, a regressor; empty to leave it out (it must
    /// vary where it is given).</param>
    /// <param name="lags">Last values of the hits, 1 or more; 4 in the paper.</param>
    public static DynamicQuantileTest Test(
        ReadOnlySpan<bool> violations, double probability, ReadOnlySpan<double> forecasts = default, int lags = 4)
    {
        KupiecTest.CheckHits(violations, probability);
        Guard.InRange(lags, 1, Math.Max(1, violations.Length - 1), nameof(lags));
        int n = violations.Length - lags, hits = 0;
        var centred = new double[violations.Length];
        for (int t = 0; t < centred.Length; t++)
        {
            hits += t >= lags && violations[t] ? 1 : 0;
            centred[t] = (violations[t] ? 1 : 0) - probability;
        }

        if (hits == 0 || hits == n)
            throw new ArgumentException(
                $"There are {hits} violations in {n} occasions; the test needs some of both kinds.",
                nameof(violations));
        DesignMatrix x = DesignMatrix.Of(
            [.. Enumerable.Range(1, lags).Select(lag => ($"hit {lag} ago", centred[(lags - lag)..^lag]))]);
        if (!forecasts.IsEmpty)
        {
            if (forecasts.Length != violations.Length)
                throw new ArgumentException(
                    $"{forecasts.Length} forecasts stand against {violations.Length} occasions; there must be one " +
                    $"for each.", nameof(forecasts));
            Guard.NotConstant(forecasts, nameof(forecasts));
            x = x.Append("forecast", forecasts[lags..].ToArray());
        }

        x = x.WithIntercept();
        LinearRegression fit = LinearRegression.Fit(centred.AsSpan(lags), x);
        Vector<double> b = DenseVector.OfEnumerable(fit.Coefficients);
        double statistic = b * fit.InverseGram.Solve(b) / (probability * (1 - probability));
        return new DynamicQuantileTest
        {
            Statistic = statistic,
            PValue = Tails.ChiSquaredUpper(statistic, x.Columns),
            DegreesOfFreedom = x.Columns,
            Violations = hits,
            Count = n,
        };
    }
}
