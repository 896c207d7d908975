namespace FinML.Statistics;

/// <summary>The conventions of a Sharpe ratio.</summary>
public sealed record SharpeOptions
{
    /// <summary>
    /// Riskless return per period (not per year), as a fraction, of the same kind (simple or log) as the series; 0 for
    /// returns that are in excess already.
    /// </summary>
    public double RiskFreePerPeriod { get; init; }

    /// <summary>Divisor n - ddof of the variance: 1 (default) or 0.</summary>
    public int Ddof { get; init; } = 1;

    internal void Validate()
    {
        Guard.Finite(RiskFreePerPeriod, nameof(RiskFreePerPeriod));
        Guard.InRange(Ddof, 0, 1, nameof(Ddof));
    }
}
