namespace FinML.Statistics;

/// <summary>
/// A statistic of two aligned series, in time order. Called from several threads at once: it must not keep state.
/// </summary>
public delegate double PairFunction(ReadOnlySpan<double> first, ReadOnlySpan<double> second);
