namespace FinML.Statistics;

/// <summary>A statistic of a sample whose observations have these weights, which add up to 1; it must be smooth in
/// them.
/// </summary>
public delegate double WeightedFunction(ReadOnlySpan<double> weights);
