namespace FinML.Data;

/// <summary>Old shares become new ones.</summary>
public sealed record StockSplit : CorporateAction
{
    /// <summary>New shares for one old share, above 0: 4 in a split of four for one, .1 in a reverse split of one for
    /// ten.</summary>
    public required double NewForOld { get; init; }
}
