namespace FinML.Markets.Execution;

/// <summary>What is known when a slice is decided, and nothing later.</summary>
/// <param name="Elapsed">The fraction of the parent's time that is over now, 0 to below 1.</param>
/// <param name="SliceEnd">The fraction that will be over when the next slice is decided, or 1.</param>
/// <param name="Filled">Lots heard to be filled.</param>
/// <param name="Working">Lots sent, and neither heard to be filled nor to be gone.</param>
/// <param name="MarketVolume">Lots that the others are known to have traded since the start.</param>
public readonly record struct ExecutionProgress(
    double Elapsed, double SliceEnd, long Filled, long Working, double MarketVolume);
