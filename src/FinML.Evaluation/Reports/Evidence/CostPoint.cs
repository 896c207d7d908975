namespace FinML.Evaluation;

/// <summary>A strategy under one level of costs, or one delay.</summary>
/// <param name="Level">Multiple of the costs, extra cost a year as a fraction, or bars of delay.</param>
/// <param name="Sharpe">A year; null where the returns are constant.</param>
/// <param name="AnnualReturn">Geometric, a year.</param>
public sealed record CostPoint(double Level, double? Sharpe, double AnnualReturn);
