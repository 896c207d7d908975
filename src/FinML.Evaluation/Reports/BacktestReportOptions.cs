using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>How a report reads its returns.</summary>
public sealed record BacktestReportOptions
{
    /// <summary>Periods in a year: 252 for daily bars.</summary>
    public double PeriodsPerYear { get; init; } = 252;

    /// <summary>Riskless return per period (not per year), subtracted before every Sharpe ratio.</summary>
    public double RiskFreePerPeriod { get; init; }

    /// <summary>Replicates, level and seed of every interval and test.</summary>
    public BootstrapOptions Bootstrap { get; init; } = new();

    /// <summary>A p-value below this is called significant.</summary>
    public double SignificanceLevel { get; init; } = 0.05;

    /// <summary>A deflated Sharpe ratio above this is called evidence of skill.</summary>
    public double DeflatedConfidence { get; init; } = 0.95;

    /// <summary>Fewer returns than this are not ranked: one year of days.</summary>
    public int MinimumReturns { get; init; } = 252;

    /// <summary>The yearly Sharpe ratio that the minimum backtest length guards against seeing by luck; above 0.
    /// </summary>
    public double TargetSharpe { get; init; } = 1;

    /// <summary>A t-statistic below this is not called a discovery: 3, as Harvey, Liu and Zhu (2016) ask; 0 or more.
    /// </summary>
    public double DiscoveryT { get; init; } = 3;

    /// <summary>Multiples of the costs that the cost curve is drawn for: 0 or more, rising.</summary>
    public IReadOnlyList<double> CostMultiples { get; init; } = [0, 0.5, 1, 1.5, 2, 3, 4, 5];

    /// <summary>Extra costs a year, as fractions of equity, for a record whose turnover is not known: 0 or more,
    /// rising.</summary>
    public IReadOnlyList<double> CostsPerYear { get; init; } = [0, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05];

    /// <summary>The longest delay of the decisions that is tried, in bars; 1 to 20.</summary>
    public int DelayBars { get; init; } = 2;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(PeriodsPerYear);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinimumReturns, 10);
        if (!(TargetSharpe > 0) || double.IsInfinity(TargetSharpe))
            throw new ArgumentOutOfRangeException(nameof(TargetSharpe), TargetSharpe, "It must be above 0.");
        if (!(DiscoveryT >= 0) || double.IsInfinity(DiscoveryT))
            throw new ArgumentOutOfRangeException(nameof(DiscoveryT), DiscoveryT, "It must be 0 or more.");
        if (DelayBars is < 1 or > 20)
            throw new ArgumentOutOfRangeException(nameof(DelayBars), DelayBars, "It must be from 1 to 20.");
        RequireRising(CostMultiples, nameof(CostMultiples));
        RequireRising(CostsPerYear, nameof(CostsPerYear));
        RequireProbability(SignificanceLevel, nameof(SignificanceLevel));
        RequireProbability(DeflatedConfidence, nameof(DeflatedConfidence));
        Bootstrap.Validate();
    }

    private static void RequireRising(IReadOnlyList<double> values, string name)
    {
        for (int i = 0; i < values.Count; i++)
        {
            if (!(values[i] >= 0 && values[i] <= 100) || (i > 0 && values[i] <= values[i - 1]))
                throw new ArgumentOutOfRangeException(
                    name, values[i], $"{name} must rise and lie in [0, 100]; number {i + 1} is {values[i]}.");
        }

        if (values.Count < 2)
            throw new ArgumentOutOfRangeException(name, $"{name} has {values.Count} values; it needs 2 or more.");
    }

    private static void RequireProbability(double value, string name)
    {
        if (!(value > 0 && value < 1))
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it must be between 0 and 1.");
    }
}
