namespace FinML.Markets.MarketMaking;

/// <summary>
/// The approximate optimal quotes of an exponential-utility market maker: around the reservation price
/// r = s - q γ σ² (T - t), a total spread of γ σ² (T - t) + (2/γ) ln(1 + γ/k).
/// </summary>
/// <remarks>
/// M. Avellaneda and S. Stoikov, "High-frequency trading in a limit order book", Quantitative Finance 8 (2008),
/// equations (3.17) and (3.18). They expand in the inventory;
/// <see cref="GueantLehalleFernandezTapia"/> solves the same problem exactly.
/// </remarks>
public sealed class AvellanedaStoikov : IQuotingPolicy
{
    private readonly double variance, fixedSpread;

    /// <param name="market">σ and k.</param>
    /// <param name="riskAversion">γ, per currency; above 0 to 1,000.</param>
    public AvellanedaStoikov(MarketMakingOptions market, double riskAversion = 0.1)
    {
        ArgumentNullException.ThrowIfNull(market);
        Require.InRange(riskAversion, 1e-9, 1_000, nameof(riskAversion));
        market.Validate();
        RiskAversion = riskAversion;
        variance = market.Volatility * market.Volatility;
        fixedSpread = 2 / riskAversion * Math.Log(1 + riskAversion / market.ArrivalDecay);
        MeanSpread = riskAversion * variance * market.Horizon / 2 + fixedSpread;
    }

    public double RiskAversion { get; }

    /// <summary>The spread's average over an episode: γ σ² T / 2 + (2/γ) ln(1 + γ/k).</summary>
    public double MeanSpread { get; }

    /// <summary>r - s: what the mid is worth less to who holds <paramref name="inventory"/>.</summary>
    public double ReservationShift(int inventory, double timeLeft) => -inventory * RiskAversion * variance * timeLeft;

    /// <summary>Ask less bid.</summary>
    public double Spread(double timeLeft) => RiskAversion * variance * timeLeft + fixedSpread;

    /// <inheritdoc/>
    public QuoteOffsets Quote(int inventory, double timeLeft)
    {
        double shift = ReservationShift(inventory, timeLeft), half = Spread(timeLeft) / 2;
        return new QuoteOffsets(half - shift, half + shift);
    }
}
