namespace FinML.Statistics;

/// <summary>
/// A statistic of two samples, or of two aligned series. Called from several threads at once: it must not keep state.
/// </summary>
public delegate double TwoSeriesFunction(ReadOnlySpan<double> first, ReadOnlySpan<double> second);
