namespace FinML.Statistics;

/// <summary>
/// Test of equal Sharpe ratios by Jobson and Korkie (1981) with Memmel's (2003) correction, for independent normal
/// returns: z = (SR_a - SR_b) / sqrt(V / n), V = 2 - 2 rho + (SR_a^2 + SR_b^2 - 2 SR_a SR_b rho^2) / 2. On fat-tailed
/// or autocorrelated returns it rejects too often: <see cref="LedoitWolfTest"/> and <see cref="LedoitWolfBootstrap"/>
/// are for those.
/// </summary>
public sealed record JobsonKorkieTest
{
    /// <summary>Sharpe ratio of the first series less that of the second, per period.</summary>
    public required double Difference { get; init; }

    /// <summary>Standard error of the difference.</summary>
    public required double StandardError { get; init; }

    /// <summary>z.</summary>
    public double Statistic => Difference / StandardError;

    /// <summary>Two-sided, from the normal distribution.</summary>
    public double PValue => 2 * StandardNormal.UpperTail(Math.Abs(Statistic));

    /// <summary>rho, the correlation of the two series.</summary>
    public required double Correlation { get; init; }

    /// <summary>Number of pairs.</summary>
    public required int Count { get; init; }

    /// <summary>Runs the test, with ddof 1.</summary>
    /// <param name="first">Excess returns of one strategy.</param>
    /// <param name="second">Excess returns of the other, aligned with the first; 20 or more.</param>
    public static JobsonKorkieTest Run(ReturnSeries first, ReturnSeries second)
    {
        ArgumentNullException.ThrowIfNull(first);
        first.RequireAligned(second, nameof(second));
        first.RequireCount(20, "The Jobson-Korkie test");
        SharpeDifferenceTest.RequireDistinct(first, second);
        Moments a = Moments.Of(first.Values), b = Moments.Of(second.Values);
        double covariance = 0;
        for (int t = 0; t < a.Count; t++)
            covariance += (first.Values[t] - a.Mean) * (second.Values[t] - b.Mean);
        double rho = covariance / (a.Count * a.StandardDeviation(0) * b.StandardDeviation(0));
        double sa = a.Mean / a.StandardDeviation(), sb = b.Mean / b.StandardDeviation();
        double variance = 2 - 2 * rho + (sa * sa + sb * sb - 2 * sa * sb * rho * rho) / 2;
        if (variance <= 1e-14)
            throw new ArgumentException(
                $"The two series have correlation {Guard.Text(rho)} and the Sharpe ratios {Guard.Text(sa)} and " +
                $"{Guard.Text(sb)}; the variance of their difference must be above 0.", nameof(second));
        return new JobsonKorkieTest
        {
            Difference = sa - sb,
            StandardError = Math.Sqrt(variance / a.Count),
            Correlation = rho,
            Count = a.Count,
        };
    }
}
