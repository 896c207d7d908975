namespace FinML.Markets.MarketMaking;

/// <summary>The same spread around the mid whatever is held: the benchmark of Avellaneda and Stoikov.</summary>
public sealed class SymmetricQuotes : IQuotingPolicy
{
    private readonly QuoteOffsets offsets;

    /// <param name="spread">Ask less bid, in currency; 0 to 1e6.</param>
    public SymmetricQuotes(double spread)
    {
        Require.InRange(spread, 0, 1e6, nameof(spread));
        offsets = new QuoteOffsets(spread / 2, spread / 2);
    }

    /// <inheritdoc/>
    public QuoteOffsets Quote(int inventory, double timeLeft) => offsets;
}
