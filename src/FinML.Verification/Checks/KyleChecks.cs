using FinML.Markets.Participants;

namespace FinML.Verification;

/// <summary>Kyle's insider, in closed form where there is one.</summary>
internal static class KyleChecks
{
    private const string One = "Kyle (1985), theorem 1, Σ₀ = 4, σ_u = 5";
    private const string Continuous = "Kyle (1985), theorem 3: the limit of many auctions, Σ₀ = 4, σ_u = 5";

    private static readonly KyleModel Single = new(1, 4, 5), Many = new(20_000, 4, 5);

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("markets.kyle.lambda", "price impact in one auction", One, 0.2, 1e-12, _ => Single.Lambda(0)),
        new("markets.kyle.beta", "aggression of the insider in one auction", One, 2.5, 1e-12, _ => Single.Beta(0)),
        new("markets.kyle.profit", "expected profit of the insider in one auction", One, 5, 1e-12,
            _ => Single.ExpectedProfit),
        new("markets.kyle.continuous-lambda", "price impact half way through 20,000 auctions", Continuous, 0.4, 1e-3,
            _ => Many.Lambda(10_000)),
        new("markets.kyle.continuous-profit", "expected profit of the insider in 20,000 auctions", Continuous, 10,
            2e-2, _ => Many.ExpectedProfit),
    ];
}
