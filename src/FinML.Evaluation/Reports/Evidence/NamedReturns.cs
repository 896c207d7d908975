namespace FinML.Evaluation;

/// <summary>Simple returns of a strategy or a market, one for each period of a report.</summary>
/// <param name="Name">What it is called in tables.</param>
/// <param name="Values">Fractions, oldest first: 0.01 is one per cent.</param>
public sealed record NamedReturns(string Name, IReadOnlyList<double> Values);
