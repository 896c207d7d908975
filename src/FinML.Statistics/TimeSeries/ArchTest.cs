namespace FinML.Statistics;

/// <summary>
/// Lagrange-multiplier test of R. F. Engle (1982) that errors have constant variance: n R^2 of the regression of e_t^2
/// on a constant and e_{t-1}^2 ... e_{t-m}^2, chi-squared with m degrees of freedom; and the F form of the same
/// regression.
/// </summary>
public sealed record ArchTest
{
    /// <summary>n R^2.</summary>
    public required double Statistic { get; init; }

    /// <summary>P(chi-squared &gt; Statistic).</summary>
    public required double PValue { get; init; }

    /// <summary>F that all lags have coefficient 0.</summary>
    public required double FStatistic { get; init; }

    /// <summary>P(F &gt; FStatistic).</summary>
    public required double FPValue { get; init; }

    /// <summary>m.</summary>
    public required int Lags { get; init; }

    /// <summary>n, the number of squares in the regression.</summary>
    public required int Count { get; init; }

    /// <summary>Runs the test.</summary>
    /// <param name="errors">Residuals of a model of the mean, or returns less their mean: they are squared as they are.
    /// Their squares must vary.</param>
    /// <param name="lags">From 1 to less than a third of the number of errors.</param>
    public static ArchTest Test(ReadOnlySpan<double> errors, int lags)
    {
        Guard.Series(errors, 7, nameof(errors));
        Guard.InRange(lags, 1, (errors.Length - 1) / 3, nameof(lags));
        double[] squares = Array.ConvertAll(errors.ToArray(), e => e * e);
        Guard.NotConstant(squares, "the series of squared errors");

        // In units of their mean, so that tiny returns do not make a column of zeros.
        double mean = Moments.Of(squares).Mean;
        for (int t = 0; t < squares.Length; t++)
            squares[t] /= mean;
        LinearRegression fit =
            LinearRegression.Fit(squares.AsSpan(lags), Lagged.Of(squares, lags).WithIntercept());
        double statistic = fit.Count * fit.RSquared;
        int left = fit.Count - lags - 1;
        double f = fit.RSquared / lags / ((1 - fit.RSquared) / left);
        return new ArchTest
        {
            Statistic = statistic,
            PValue = Tails.ChiSquaredUpper(statistic, lags),
            FStatistic = f,
            FPValue = Tails.FUpper(f, lags, left),
            Lags = lags,
            Count = fit.Count,
        };
    }
}
