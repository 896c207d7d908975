namespace FinML.Figures;

/// <summary>An estimate with an interval, for a table cell: 0.42 [-0.10, 0.95].</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end of the interval.</param>
public readonly record struct Estimate(double Value, double Lower, double Upper);
