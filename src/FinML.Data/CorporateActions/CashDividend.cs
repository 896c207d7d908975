namespace FinML.Data;

/// <summary>Money for each share.</summary>
public sealed record CashDividend : CorporateAction
{
    /// <summary>For one share of the day before, 0 or more.</summary>
    public required double Amount { get; init; }

    /// <summary>The raw close of the day before, above 0.</summary>
    public required double CloseBefore { get; init; }
}
