namespace FinML.Markets.Replay;

/// <summary>What a replay met.</summary>
/// <param name="Records">Records so far.</param>
/// <param name="Applied">Those that became orders.</param>
/// <param name="Ignored">Bars, halts, crosses, hidden executions; books and trades that order messages tell
/// better.</param>
/// <param name="OffGrid">Trades between two ticks or of no whole number of lots: hidden liquidity, which the visible
/// book does not have.</param>
/// <param name="WithoutSide">Trades whose aggressor the record does not say and the quotes do not tell.</param>
/// <param name="UnknownOrders">Cancellations and executions of orders that are not in the book: gone to somebody who
/// was not there in history, or from before the first record.</param>
/// <param name="UnmatchedLots">Lots of historical trades that found nothing in the book.</param>
public readonly record struct ReplayCounts(
    long Records, long Applied, long Ignored, long OffGrid, long WithoutSide, long UnknownOrders, long UnmatchedLots);
