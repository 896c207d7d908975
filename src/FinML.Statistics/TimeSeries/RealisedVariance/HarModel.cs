namespace FinML.Statistics;

/// <summary>
/// The heterogeneous autoregression of realised variance: F. Corsi, "A simple approximate long-memory model of realized
/// volatility", Journal of Financial Econometrics 7 (2009). The mean of the next h values on the means of the last day,
/// week and month, by least squares with errors of Newey and West (1987).
/// </summary>
public sealed record HarModel
{
    /// <summary>What was fitted.</summary>
    public required HarOptions Options { get; init; }

    /// <summary>Coefficients "(Intercept)", "mean1", "mean5", "mean22" with their errors, residuals and fit.</summary>
    public required LinearRegression Regression { get; init; }

    /// <summary>The forecast that the sample ends with: of the mean of the next Horizon values, in the unit of the
    /// variance (of the volatility for SquareRoot).</summary>
    public required double Forecast { get; init; }

    /// <summary>Fits the model.</summary>
    /// <param name="variances">Realised variances, one a day, above 0 (Level: 0 or more); more than the longest span,
    /// the horizon and 10 together.</param>
    /// <param name="options">Corsi's where left out.</param>
    public static HarModel Fit(ReadOnlySpan<double> variances, HarOptions? options = null)
    {
        options ??= new HarOptions();
        options.Validate();
        int longest = options.Spans[^1], h = options.Horizon;
        Guard.Series(variances, longest + h + options.Spans.Count + 10, nameof(variances));
        Guard.NotConstant(variances, nameof(variances));
        double[] x = Transformed(variances, options.Transform);
        int n = x.Length - longest - h + 1;
        double[] sums = new double[x.Length + 1];
        for (int t = 0; t < x.Length; t++)
            sums[t + 1] = sums[t] + x[t];

        var columns = new (string, double[])[options.Spans.Count];
        double[] target = new double[n];
        for (int j = 0; j < columns.Length; j++)
        {
            var means = new double[n];
            for (int i = 0; i < n; i++)
                means[i] = MeanBefore(sums, longest + i, options.Spans[j]);
            columns[j] = ($"mean{options.Spans[j]}", means);
        }

        for (int i = 0; i < n; i++)
            target[i] = MeanBefore(sums, longest + i + h, h);
        int lags = options.ErrorLags
            ?? Math.Max(2 * (h - 1), (int)Math.Floor(4 * Math.Pow(n / 100.0, 2.0 / 9)));
        LinearRegression fit = LinearRegression.Fit(
            target, DesignMatrix.Of(columns).WithIntercept(), CovarianceEstimator.NeweyWest(Math.Min(lags, n - 1)));
        double next = fit.Coefficients[0];
        for (int j = 0; j < columns.Length; j++)
            next += fit.Coefficients[j + 1] * MeanBefore(sums, x.Length, options.Spans[j]);
        double variance = fit.ResidualStandardDeviation * fit.ResidualStandardDeviation;
        return new HarModel
        {
            Options = options,
            Regression = fit,
            Forecast = options.Transform == HarTransform.Logarithm ? Math.Exp(next + variance / 2) : next,
        };
    }

    private static double[] Transformed(ReadOnlySpan<double> variances, HarTransform transform)
    {
        foreach (double value in variances)
        {
            if (transform == HarTransform.Logarithm)
                Guard.Positive(value, nameof(variances));
            else
                Guard.NotNegative(value, nameof(variances));
        }

        return Array.ConvertAll(variances.ToArray(), value => transform switch
        {
            HarTransform.SquareRoot => Math.Sqrt(value),
            HarTransform.Logarithm => Math.Log(value),
            _ => value,
        });
    }

    /// <summary>The mean of the <paramref name="span"/> values before index <paramref name="end"/>.</summary>
    private static double MeanBefore(double[] sums, int end, int span) => (sums[end] - sums[end - span]) / span;
}
