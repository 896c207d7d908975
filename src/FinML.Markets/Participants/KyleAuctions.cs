using FinML.Data;

namespace FinML.Markets.Participants;

/// <summary>One run of Kyle's auctions: what was traded, and what the insider earned.</summary>
/// <param name="Value">v.</param>
/// <param name="Prices">p_1 .. p_N, (auctions).</param>
/// <param name="Flows">Δx_n + Δu_n, (auctions).</param>
/// <param name="InsiderProfit">Σ (v - p_n) Δx_n.</param>
public sealed record KyleAuctions(
    double Value, IReadOnlyList<double> Prices, IReadOnlyList<double> Flows, double InsiderProfit)
{
    /// <summary>Draws v and the noise traders, and lets the insider and the market maker play.</summary>
    /// <param name="model">The market maker's λ_n and the insider's β_n.</param>
    /// <param name="random">The draws.</param>
    /// <param name="initialPrice">p₀.</param>
    /// <param name="aggression">The insider trades this many times β_n; 1 is the equilibrium.</param>
    public static KyleAuctions Run(
        KyleModel model, RandomStream random, double initialPrice = 0, double aggression = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(random);
        Require.Finite(initialPrice, nameof(initialPrice));
        Require.InRange(aggression, 0, 1_000, nameof(aggression));
        double[] prices = new double[model.Auctions], flows = new double[model.Auctions];
        double value = initialPrice + Math.Sqrt(model.PriorVariance) * random.NextNormal();
        double noise = model.NoiseDeviation * Math.Sqrt(model.TimeStep), price = initialPrice, profit = 0;
        for (int n = 0; n < prices.Length; n++)
        {
            double insider = aggression * model.Beta(n) * (value - price) * model.TimeStep;
            flows[n] = insider + noise * random.NextNormal();
            price += model.Lambda(n) * flows[n];
            prices[n] = price;
            profit += (value - price) * insider;
        }

        return new KyleAuctions(value, prices, flows, profit);
    }
}
