namespace FinML.Markets;

/// <summary>What a sweep gives for one pair: the same numbers that <see cref="Backtester"/> gives, up to
/// rounding.</summary>
/// <param name="Pair">The windows.</param>
/// <param name="Net">After costs.</param>
/// <param name="Gross">The same targets without any cost.</param>
public readonly record struct SweepResult(MovingAveragePair Pair, SweepAccount Net, SweepAccount Gross);
