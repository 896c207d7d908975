namespace FinML.Markets;

/// <summary>The account of one pair at the end of a sweep.</summary>
/// <param name="FinalEquity">Starts with 1.</param>
/// <param name="MeanReturn">The mean of the simple returns of all periods.</param>
/// <param name="StandardDeviation">Theirs, divisor periods - 1.</param>
/// <param name="Turnover">The sum over the trades of |traded value| over the equity before.</param>
/// <param name="Costs">The sum over the periods of costs over the equity at the beginning.</param>
/// <param name="Trades">Fills.</param>
/// <param name="Ruined">Whether the account was closed at the ruin level.</param>
public readonly record struct SweepAccount(
    double FinalEquity, double MeanReturn, double StandardDeviation, double Turnover, double Costs, int Trades,
    bool Ruined)
{
    /// <summary>The Sharpe ratio of one period; NaN where nothing moved.</summary>
    public double SharpePerPeriod => StandardDeviation > 0 ? MeanReturn / StandardDeviation : double.NaN;
}
