namespace FinML.Statistics;

/// <summary>
/// How much money a strategy can take before its own trades eat what it earns. By the square-root law of impact a
/// period at capital A costs k A^(3/2) with k = Y s sqrt(u / V) u, u the turnover, s and V volatility and volume of the
/// market. With m the mean return per period after linear costs and F the fixed costs, the profit per period
/// m A - k A^(3/2) - F peaks at A = (2 m / 3 k)^2, is m A / 3 - F there, and (F = 0) is gone at A = (m / k)^2; the net
/// Sharpe ratio (m - k sqrt(A) - F / A) / sd peaks at A = (2 F / k)^(2/3): it falls from the start where nothing is
/// fixed.
/// </summary>
public sealed record StrategyCapacity
{
    private double Impact { get; init; }

    /// <summary>Mean excess return per period after linear costs, before impact.</summary>
    public required double MeanPerPeriod { get; init; }

    /// <summary>Standard deviation of the returns per period, ddof 1.</summary>
    public required double VolatilityPerPeriod { get; init; }

    /// <summary>Periods in a year.</summary>
    public required double PeriodsPerYear { get; init; }

    /// <summary>Capital at which the profit per period is greatest, in the currency of the volume.</summary>
    public required double ProfitMaximisingCapital { get; init; }

    /// <summary>Profit per year there; below 0 where the fixed costs are never earned.</summary>
    public required double MaximumProfitPerYear { get; init; }

    /// <summary>Net Sharpe ratio per year there (times sqrt(periods per year)).</summary>
    public double SharpeAtMaximumProfit => NetSharpe(ProfitMaximisingCapital);

    /// <summary>Capital above which impact costs more than the strategy earns, fixed costs apart.</summary>
    public required double BreakEvenCapital { get; init; }

    /// <summary>Capital at which the net Sharpe ratio is greatest; 0 where nothing is fixed.</summary>
    public required double SharpeMaximisingCapital { get; init; }

    /// <summary>Money per period that the strategy costs whatever its size.</summary>
    public required double FixedCostPerPeriod { get; init; }

    /// <summary>Computes it.</summary>
    /// <param name="series">Simple excess returns before impact, ten or more, that vary.</param>
    /// <param name="options">Turnover, market and costs.</param>
    /// <exception cref="InvalidOperationException">The mean return after linear costs is 0 or less: no size pays.
    /// </exception>
    public static StrategyCapacity Of(ReturnSeries series, CapacityOptions options)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        series.RequireCount(10, "The capacity");
        Guard.NotConstant(series.Values, nameof(series));
        if (series.Kind != ReturnKind.Simple)
            throw new ArgumentException(
                $"The series holds {series.Kind} returns; money is earned by Simple ones: convert it.", nameof(series));
        Moments moments = Moments.Of(series.Values);
        double u = options.TurnoverPerPeriod, mean = moments.Mean - options.LinearCost * u;
        if (mean <= 0)
            throw new InvalidOperationException(
                $"The mean return per period after linear costs is {Guard.Text(mean)}; it must be above 0, or no " +
                "size pays.");
        double impact = options.ImpactCoefficient * options.MarketVolatilityPerPeriod * u
            * Math.Sqrt(u / options.MarketVolumePerPeriod);
        double best = Math.Pow(2 * mean / (3 * impact), 2);
        return new StrategyCapacity
        {
            Impact = impact,
            MeanPerPeriod = mean,
            VolatilityPerPeriod = moments.StandardDeviation(),
            PeriodsPerYear = series.PeriodsPerYear,
            ProfitMaximisingCapital = best,
            MaximumProfitPerYear = (mean * best / 3 - options.FixedCostPerPeriod) * series.PeriodsPerYear,
            BreakEvenCapital = Math.Pow(mean / impact, 2),
            SharpeMaximisingCapital = Math.Pow(2 * options.FixedCostPerPeriod / impact, 2.0 / 3),
            FixedCostPerPeriod = options.FixedCostPerPeriod,
        };
    }

    /// <summary>Profit per year at this capital, above 0.</summary>
    public double ProfitPerYear(double capital) => MeanAt(capital) * capital * PeriodsPerYear;

    /// <summary>Net Sharpe ratio per year at this capital, above 0.</summary>
    public double NetSharpe(double capital) => MeanAt(capital) / VolatilityPerPeriod * Math.Sqrt(PeriodsPerYear);

    private double MeanAt(double capital)
    {
        Guard.Positive(capital, nameof(capital));
        return MeanPerPeriod - Impact * Math.Sqrt(capital) - FixedCostPerPeriod / capital;
    }
}
