namespace FinML.Markets;

/// <summary>A fill in a backtest.</summary>
/// <param name="Period">The period, an index into the arrays of <see cref="BacktestResult"/>.</param>
/// <param name="Date">The day of the open at which it was filled (the time stamp of that bar).</param>
/// <param name="Target">The weight it traded to.</param>
/// <param name="Fill">Quantity, price and costs, on an account that started with 1.</param>
public readonly record struct BacktestTrade(int Period, DateTime Date, double Target, Fill Fill);
