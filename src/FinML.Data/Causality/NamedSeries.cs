namespace FinML.Data;

/// <summary>One output of a pipeline: a name and one value for each row of the panel it was computed from.</summary>
public sealed record NamedSeries(string Name, double[] Values);
