namespace FinML.Statistics;

/// <summary>
/// A statistic of the observations with these indices (0 to n - 1, with repetition, in the order of the resample): for
/// several aligned series at once. Called from several threads at once: it must not keep state.
/// </summary>
public delegate double IndexFunction(ReadOnlySpan<int> indices);
