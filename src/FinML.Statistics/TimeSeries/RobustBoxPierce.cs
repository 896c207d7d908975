namespace FinML.Statistics;

/// <summary>
/// Are the first autocorrelations zero, when the variance changes with time? Each r_k is measured in its own standard
/// error, sqrt(sum_t d_t^2 d_{t-k}^2) / sum_t d_t^2, which holds for uncorrelated values with volatility clustering
/// where 1 / sqrt(n) is too small; Q = sum_k (r_k / error_k)^2 is chi-squared with as many degrees of freedom as lags.
/// F. X. Diebold (1986); A. W. Lo and A. C. MacKinlay (1989). Symmetric errors are assumed, in that r_j and r_k have no
/// correlation.
/// </summary>
public sealed record RobustBoxPierce
{
    /// <summary>Q.</summary>
    public required double Statistic { get; init; }

    /// <summary>P(chi-squared &gt; Q).</summary>
    public required double PValue { get; init; }

    /// <summary>r_1, r_2, ...</summary>
    public required IReadOnlyList<double> Autocorrelations { get; init; }

    /// <summary>The standard error of each under no correlation.</summary>
    public required IReadOnlyList<double> StandardErrors { get; init; }

    /// <summary>Number of autocorrelations in the sum.</summary>
    public int Lags => Autocorrelations.Count;

    /// <summary>Runs the test.</summary>
    /// <param name="values">Finite and not constant.</param>
    /// <param name="lags">From 1 to the number of values less 1.</param>
    public static RobustBoxPierce Test(ReadOnlySpan<double> values, int lags)
    {
        Guard.Series(values, 3, nameof(values));
        Guard.InRange(lags, 1, values.Length - 1, nameof(lags));
        double[] r = Autocorrelation.Compute(values, lags);
        double mean = Moments.Of(values).Mean, total = 0, statistic = 0;
        double[] squares = Array.ConvertAll(values.ToArray(), value => (value - mean) * (value - mean));
        foreach (double square in squares)
            total += square;
        var errors = new double[lags];
        for (int k = 1; k <= lags; k++)
        {
            double sum = InnerProduct.Of(squares.AsSpan(k), squares.AsSpan(0, squares.Length - k));
            if (!(sum > 0))
                throw new ArgumentException(
                    $"No two deviations from the mean that are {k} apart are both other than 0; the standard error of "
                    + "that autocorrelation is not defined.", nameof(values));
            errors[k - 1] = Math.Sqrt(sum) / total;
            statistic += r[k] / errors[k - 1] * (r[k] / errors[k - 1]);
        }

        return new RobustBoxPierce
        {
            Statistic = statistic,
            PValue = Tails.ChiSquaredUpper(statistic, lags),
            Autocorrelations = r[1..],
            StandardErrors = errors,
        };
    }
}
