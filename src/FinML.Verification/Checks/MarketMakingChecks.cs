using FinML.Markets.MarketMaking;

namespace FinML.Verification;

/// <summary>Avellaneda and Stoikov's table, and the exact quotes of Guéant, Lehalle and Fernandez-Tapia.</summary>
internal static class MarketMakingChecks
{
    private const int Episodes = 4_000;
    private const string Table =
        "Avellaneda & Stoikov (2008), table for γ = 0.1, 1,000 simulations (three standard errors of both)";

    private const string Exact = "Guéant, Lehalle & Fernandez-Tapia, arXiv 1105.3115: the linear ODE in double "
        + "precision, γ = 0.1, |q| <= 10, t = 0";

    private static readonly MarketMakingOptions Market = new() { Fills = FillConvention.Linear };

    private static readonly Lazy<MarketMakingTrial> Inventory = new(() => Run(new AvellanedaStoikov(Market), Market));

    private static readonly Lazy<MarketMakingTrial> Symmetric = new(
        () => Run(new SymmetricQuotes(new AvellanedaStoikov(Market).MeanSpread), Market));

    private static readonly Lazy<GueantLehalleFernandezTapia> Quotes = new(
        () => new GueantLehalleFernandezTapia(Market with { InventoryLimit = 10 }));

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("markets.avellaneda-stoikov.spread", "mean spread of the inventory strategy in closed form",
            "γ σ² T / 2 + (2/γ) ln(1 + γ/k)", 1.490770, 5e-7, _ => new AvellanedaStoikov(Market).MeanSpread),
        new("markets.avellaneda-stoikov.profit", "mean profit of the inventory strategy", Table, 65.0,
            Errors(6.6), _ => Inventory.Value.MeanProfit),
        new("markets.avellaneda-stoikov.deviation", "standard deviation of its profit", Table, 6.6,
            Errors(6.6 / Math.Sqrt(2)) + 0.05, _ => Inventory.Value.ProfitDeviation),
        new("markets.avellaneda-stoikov.inventory", "standard deviation of its final inventory", Table, 2.9,
            Errors(2.9 / Math.Sqrt(2)) + 0.05, _ => Inventory.Value.InventoryDeviation),
        new("markets.avellaneda-stoikov.symmetric-profit", "mean profit of the symmetric strategy", Table, 68.4,
            Errors(12.7), _ => Symmetric.Value.MeanProfit),
        new("markets.avellaneda-stoikov.symmetric-deviation", "standard deviation of its profit", Table, 12.7,
            Errors(12.7 / Math.Sqrt(2)) + 0.05, _ => Symmetric.Value.ProfitDeviation),
        new("markets.avellaneda-stoikov.symmetric-inventory", "standard deviation of its final inventory", Table, 8.4,
            Errors(8.4 / Math.Sqrt(2)) + 0.05, _ => Symmetric.Value.InventoryDeviation),
        new("markets.avellaneda-stoikov.exact-fills", "profit with fills of 1 - exp(-λ dt) over that of the table",
            "the same simulation by other code: 10 to 12 % less", 0.89, 0.015,
            _ => Run(new AvellanedaStoikov(Market), Market with { Fills = FillConvention.Exact }).MeanProfit
                / Inventory.Value.MeanProfit),
        new("markets.glft.flat", "distance of bid and ask at q = 0", Exact, .67164, 5e-6,
            _ => Quotes.Value.Quote(0, Market.Horizon).Bid),
        new("markets.glft.bid", "distance of the bid at q = 1", Exact, .72412, 5e-6,
            _ => Quotes.Value.Quote(1, Market.Horizon).Bid),
        new("markets.glft.ask", "distance of the ask at q = 1", Exact, .61913, 5e-6,
            _ => Quotes.Value.Quote(1, Market.Horizon).Ask),
    ];

    /// <summary>Three standard errors of the difference between 1,000 published simulations and ours.</summary>
    private static double Errors(double deviation) => 3 * deviation * Math.Sqrt(1 / 1_000.0 + 1.0 / Episodes);

    private static MarketMakingTrial Run(IQuotingPolicy policy, MarketMakingOptions market) =>
        MarketMakingTrial.Run(policy, market, Episodes, seed: 1);
}
