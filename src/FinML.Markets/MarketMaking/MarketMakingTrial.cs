using FinML.Data;

namespace FinML.Markets.MarketMaking;

/// <summary>What a quoting policy earned over many episodes.</summary>
/// <param name="Episodes">How many.</param>
/// <param name="MeanProfit">Of the final wealth, in currency.</param>
/// <param name="ProfitDeviation">Its standard deviation over the episodes (n - 1).</param>
/// <param name="MeanInventory">Of the final inventory.</param>
/// <param name="InventoryDeviation">Its standard deviation.</param>
/// <param name="MeanSpread">Over all steps of all episodes, of quotes that were not infinitely far.</param>
/// <param name="CertaintyEquivalent">-ln(E exp(-γ profit)) / γ; the mean profit where γ is 0.</param>
public sealed record MarketMakingTrial(
    int Episodes, double MeanProfit, double ProfitDeviation, double MeanInventory, double InventoryDeviation,
    double MeanSpread, double CertaintyEquivalent)
{
    /// <summary>Runs a policy in <see cref="MarketMakingEnvironment"/>; episode e has seed
    /// <paramref name="seed"/> + e, so that policies meet the same draws.</summary>
    /// <param name="policy">Where to quote.</param>
    /// <param name="market">The market.</param>
    /// <param name="episodes">2 to 10,000,000.</param>
    /// <param name="seed">Of the first episode.</param>
    /// <param name="riskAversion">γ of the certainty equivalent; 0 to 1,000.</param>
    public static MarketMakingTrial Run(
        IQuotingPolicy policy, MarketMakingOptions market, int episodes, ulong seed, double riskAversion = 0)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(market);
        Require.InRange(episodes, 2, 10_000_000, nameof(episodes));
        Require.InRange(riskAversion, 0, 1_000, nameof(riskAversion));
        var environment = new MarketMakingEnvironment(market);
        double[] profits = new double[episodes], inventories = new double[episodes];
        double spread = 0;
        long quotes = 0;
        Span<float> observation = stackalloc float[2], action = stackalloc float[2];
        for (int episode = 0; episode < episodes; episode++)
        {
            environment.Reset(seed + (ulong)episode, observation);
            for (bool done = false; !done;)
            {
                QuoteOffsets offsets = policy.Quote(environment.Inventory, environment.TimeLeft);
                if (double.IsFinite(offsets.Spread))
                {
                    spread += offsets.Spread;
                    quotes++;
                }

                action[0] = Clip(offsets.Bid, market);
                action[1] = Clip(offsets.Ask, market);
                done = environment.Step(action, observation).Done;
            }

            profits[episode] = environment.Wealth;
            inventories[episode] = environment.Inventory;
        }

        (double meanProfit, double deviation) = Moments(profits);
        (double meanInventory, double inventoryDeviation) = Moments(inventories);
        double equivalent = riskAversion == 0
            ? meanProfit
            : meanProfit - Math.Log(profits.Average(p => Math.Exp(-riskAversion * (p - meanProfit)))) / riskAversion;
        return new MarketMakingTrial(
            episodes, meanProfit, deviation, meanInventory, inventoryDeviation, spread / Math.Max(1, quotes),
            equivalent);
    }

    private static float Clip(double offset, MarketMakingOptions market) =>
        Math.Clamp((float)offset, -(float)market.MaximumOffset, (float)market.MaximumOffset);

    private static (double Mean, double Deviation) Moments(double[] values)
    {
        double mean = values.Average();
        return (mean, Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1)));
    }
}
