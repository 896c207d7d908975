namespace FinML.Markets.Execution;

/// <summary>One decision.</summary>
/// <param name="Time">When, UTC.</param>
/// <param name="Target">Lots that the algorithm wanted done by the end of the slice.</param>
/// <param name="Wanted">Lots that were missing from that.</param>
/// <param name="Sent">Lots that were sent; less than wanted where a limit clipped it.</param>
public readonly record struct ExecutionSlice(DateTime Time, long Target, long Wanted, long Sent)
{
    /// <summary>Lots that the participation limit kept back.</summary>
    public long Clipped => Wanted - Sent;
}
