namespace FinML.Markets.MarketMaking;

/// <summary>How far the quotes stand from the mid, in currency; negative beyond it.</summary>
/// <param name="Bid">Mid less bid.</param>
/// <param name="Ask">Ask less mid.</param>
public readonly record struct QuoteOffsets(double Bid, double Ask)
{
    /// <summary>Ask less bid.</summary>
    public double Spread => Bid + Ask;
}
