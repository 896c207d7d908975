namespace FinML.Markets.MarketMaking;

/// <summary>Where a market maker quotes, given what it holds and how long it still has.</summary>
public interface IQuotingPolicy
{
    /// <param name="inventory">Units held; negative where short.</param>
    /// <param name="timeLeft">T - t; 0 to the horizon.</param>
    QuoteOffsets Quote(int inventory, double timeLeft);
}
