namespace FinML.Statistics;

/// <summary>
/// A statistic of one sample, in time order. Called from several threads at once: it must not keep state.
/// </summary>
public delegate double SeriesFunction(ReadOnlySpan<double> sample);
