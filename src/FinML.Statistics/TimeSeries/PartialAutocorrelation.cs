namespace FinML.Statistics;

/// <summary>The correlation of x_t and x_{t-k} that the values between them leave.</summary>
public static class PartialAutocorrelation
{
    /// <summary>1, then the partial autocorrelations at lags 1 to <paramref name="maxLag"/>.</summary>
    /// <param name="values">Finite and not constant.</param>
    /// <param name="maxLag">From 0 to less than the number of values; by least squares to less than half of it.</param>
    /// <param name="method">Durbin-Levinson where left out.</param>
    public static double[] Compute(ReadOnlySpan<double> values, int maxLag,
        PartialAutocorrelationMethod method = PartialAutocorrelationMethod.DurbinLevinson)
    {
        Guard.Series(values, 3, nameof(values));
        Guard.NotConstant(values, nameof(values));
        switch (method)
        {
            case PartialAutocorrelationMethod.DurbinLevinson:
                Guard.InRange(maxLag, 0, values.Length - 1, nameof(maxLag));
                return DurbinLevinson(Autocorrelation.Compute(values, maxLag));
            case PartialAutocorrelationMethod.LeastSquares:
                Guard.InRange(maxLag, 0, values.Length / 2 - 1, nameof(maxLag));
                var partial = new double[maxLag + 1];
                partial[0] = 1;
                for (int k = 1; k <= maxLag; k++)
                    partial[k] = LinearRegression.Fit(values[k..], Lagged.Of(values, k).WithIntercept())
                        .Coefficients[k];
                return partial;
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(method), $"method is {method}; it must be DurbinLevinson or LeastSquares.");
        }
    }

    /// <summary>Half the width of the band that holds an autocorrelation, or a partial one, of independent values:
    /// z / sqrt(n).</summary>
    /// <param name="count">Number of values n.</param>
    /// <param name="confidence">In (0, 1).</param>
    public static double Band(int count, double confidence = 0.95)
    {
        Guard.AtLeast(count, 1, nameof(count));
        Guard.Between(confidence, 0, 1, nameof(confidence));
        return StandardNormal.Quantile((1 + confidence) / 2) / Math.Sqrt(count);
    }

    private static double[] DurbinLevinson(double[] r)
    {
        double[] partial = new double[r.Length], phi = new double[r.Length], before = new double[r.Length];
        partial[0] = 1;
        double variance = 1;
        for (int k = 1; k < r.Length; k++)
        {
            double sum = r[k];
            for (int j = 1; j < k; j++)
                sum -= before[j] * r[k - j];
            phi[k] = partial[k] = sum / variance;
            for (int j = 1; j < k; j++)
                phi[j] = before[j] - partial[k] * before[k - j];
            variance *= 1 - partial[k] * partial[k];
            phi.AsSpan(0, k + 1).CopyTo(before);
        }

        return partial;
    }
}
