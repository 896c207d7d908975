namespace FinML.Data;

/// <summary>A path of the Heston model: steps + 1 prices and the variances that drove them.</summary>
/// <param name="Prices">The prices.</param>
/// <param name="Variances">v, a year, at the same times.</param>
public sealed record HestonPath(double[] Prices, double[] Variances);
