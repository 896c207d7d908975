using MathNet.Numerics;

namespace FinML.Statistics;

/// <summary>
/// Test that the coefficients of a regression do not change at an unknown time: the largest of Chow's statistics
/// (RSS_0 - RSS_t) / (RSS_t / (n - 2 k)) over the breaks t between the trimmed ends. Quandt (1960), D. W. K. Andrews
/// (1993). The errors of both parts have one variance. The p-value is the tail of the squared Bessel process by D. M.
/// DeLong (1981), as A. Estrella (Econometric Theory 19, 2003) gives it: below .2 within a fifth of the simulations of
/// B. Hansen (1997), too large above.
/// </summary>
public sealed record QuandtAndrews
{
    /// <summary>The largest statistic, of k degrees of freedom.</summary>
    public required double Statistic { get; init; }

    /// <summary>P(the largest is above Statistic), at most 1.</summary>
    public required double PValue { get; init; }

    /// <summary>The number of rows before the break that is most likely.</summary>
    public required int Break { get; init; }

    /// <summary>The statistic of each break that was tried, the first at <see cref="FirstBreak"/> rows.</summary>
    public required IReadOnlyList<double> Statistics { get; init; }

    /// <summary>The number of rows before the first break that was tried.</summary>
    public required int FirstBreak { get; init; }

    /// <summary>Runs the test.</summary>
    /// <param name="y">Response in time order.</param>
    /// <param name="x">Regressors, with the intercept; the first and the last k rows must be linearly
    /// independent.</param>
    /// <param name="trimming">The part of the rows at each end where no break is tried, in (0, .5).</param>
    public static QuandtAndrews Test(ReadOnlySpan<double> y, DesignMatrix x, double trimming = 0.15)
    {
        ArgumentNullException.ThrowIfNull(x);
        Guard.Between(trimming, 0, 0.5, nameof(trimming));
        LinearRegression whole = LinearRegression.Fit(y, x);
        int n = x.Rows, k = x.Columns, first = Math.Max((int)Math.Floor(trimming * n), k + 1);
        int last = n - first;
        if (last < first)
            throw new ArgumentException(
                $"There are {n} rows for {k} coefficients before and after a break, trimming {Guard.Text(trimming)}; "
                + $"at least {2 * (k + 1)} are needed.", nameof(x));

        // The squared recursive residuals of the rows up to t sum to the RSS of these rows: forwards, and backwards.
        double[] before = PartialSums(y, x, reversed: false), after = PartialSums(y, x, reversed: true);
        var statistics = new double[last - first + 1];
        for (int t = first; t <= last; t++)
        {
            double rss = before[t] + after[n - t];
            if (!(rss > 1e-20 * whole.TotalSumOfSquares))
                throw new ArgumentException(
                    $"The regressors explain y to the last digit with a break after {t} rows; residuals must vary.",
                    nameof(y));
            statistics[t - first] = (whole.ResidualSumOfSquares - rss) / (rss / (n - 2 * k));
        }

        int best = Array.IndexOf(statistics, statistics.Max());
        return new QuandtAndrews
        {
            Statistic = statistics[best],
            PValue = Tail(statistics[best], k, first / (double)n),
            Break = first + best,
            Statistics = statistics,
            FirstBreak = first,
        };
    }

    /// <summary>RSS of the first (last) t rows at index t.</summary>
    private static double[] PartialSums(ReadOnlySpan<double> y, DesignMatrix x, bool reversed)
    {
        double[] values = y.ToArray();
        if (reversed)
        {
            Array.Reverse(values);
            x = x.SelectRows([.. Enumerable.Range(0, x.Rows).Reverse()]);
        }

        double[] w = CusumTest.RecursiveResiduals(values, x), sums = new double[x.Rows + 1];
        for (int t = 0; t < w.Length; t++)
            sums[x.Columns + t + 1] = sums[x.Columns + t] + w[t] * w[t];
        return sums;
    }

    /// <summary>(c / 2)^(k / 2) exp(-c / 2) / Gamma(k / 2) ((1 - k / c) ln lambda + 2 / c), lambda = ((1 - trimming) /
    /// trimming)^2.</summary>
    internal static double Tail(double c, int k, double trimming)
    {
        if (c <= k)
            return 1;
        double log = k / 2.0 * Math.Log(c / 2) - c / 2 - SpecialFunctions.GammaLn(k / 2.0);
        return Math.Min(1, Math.Exp(log) * ((1 - k / c) * 2 * Math.Log((1 - trimming) / trimming) + 2 / c));
    }
}
