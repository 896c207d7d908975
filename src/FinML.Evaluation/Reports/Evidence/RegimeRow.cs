namespace FinML.Evaluation;

/// <summary>A strategy in one state of the market that was known when each of its periods began.</summary>
/// <param name="Kind">volatility or trend.</param>
/// <param name="State">calm, middle or turbulent; falling, middle or rising.</param>
/// <param name="Periods">Periods in it.</param>
/// <param name="Share">Of the periods whose state is known.</param>
/// <param name="AnnualReturn">Mean return times the periods in a year.</param>
/// <param name="Volatility">A year.</param>
/// <param name="Sharpe">A year; null for fewer than 30 periods or constant returns.</param>
/// <param name="SharpeError">Its standard error (Mertens), a year.</param>
/// <param name="BenchmarkSharpe">The benchmark's in the same periods; null without one.</param>
public sealed record RegimeRow(
    string Kind,
    string State,
    int Periods,
    double Share,
    double AnnualReturn,
    double Volatility,
    double? Sharpe,
    double? SharpeError,
    double? BenchmarkSharpe);
