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

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(PeriodsPerYear);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinimumReturns, 10);
        RequireProbability(SignificanceLevel, nameof(SignificanceLevel));
        RequireProbability(DeflatedConfidence, nameof(DeflatedConfidence));
        Bootstrap.Validate();
    }

    private static void RequireProbability(double value, string name)
    {
        if (!(value > 0 && value < 1))
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it must be between 0 and 1.");
    }
}
