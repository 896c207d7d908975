namespace FinML.Markets;

/// <summary>
/// How many units to trade so that, after the costs of all trades together, each position is its target share of what
/// is left: (q_i + Δ_i) P_i = w_i (E - Σ_j C_j(Δ_j)).
/// </summary>
/// <remarks>
/// One asset with proportional costs c has the closed form Δ P = (w E - q P) / (1 ± w c). Else the total cost is the
/// fixed point of C = Σ_j C_j(Δ_j(C)), which is a contraction as long as Σ |w| × (marginal cost) is below 1. Where the
/// exposure of positions that are not traded and the targets together are above the leverage limit, the targets shrink
/// alike to what is left.
/// </remarks>
internal static class TargetSizing
{
    private const int MaximumIterations = 200;

    /// <summary>The units to trade of one asset; the others stay as they are.</summary>
    internal static double Quantity(Portfolio portfolio, int asset, double weight, double price, CostModel costs)
    {
        if (weight == 0)
            return -portfolio.Quantity(asset);
        if (costs.IsProportional)
            return Proportional(portfolio.Equity, portfolio.Quantity(asset), weight, price, costs);
        var bar = new BarPrices(price, double.NaN, double.NaN, Liquidity.Unknown);
        double quantity = 0;
        Solve(
            portfolio, asset, stuck: 0, gross: 0, new ReadOnlySpan<double>(in weight),
            new ReadOnlySpan<BarPrices>(in bar), costs, 1, new Span<double>(ref quantity), out _);
        return quantity;
    }

    /// <summary>The units to trade of each asset; 0 where its weight is NaN or it has no price.</summary>
    /// <param name="portfolio">Marked at the opens of <paramref name="market"/>.</param>
    /// <param name="weights">Targets, (assets); NaN leaves a position as it is.</param>
    /// <param name="market">Where each asset trades, (assets).</param>
    /// <param name="fills">The costs of the trades, and what the volume allows.</param>
    /// <param name="quantities">The result, (assets).</param>
    /// <param name="cost">Of all trades together; not computed for one asset with proportional costs.</param>
    /// <returns>What the targets were multiplied with for the leverage limit; 1 where they fit.</returns>
    internal static double Quantities(
        Portfolio portfolio,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<BarPrices> market,
        FillModel fills,
        Span<double> quantities,
        out double cost)
    {
        cost = double.NaN;
        if (weights.Length == 1 && fills.Costs.IsProportional)
        {
            quantities[0] = double.IsNaN(weights[0]) || !market[0].HasPrice
                ? 0
                : Quantity(portfolio, 0, weights[0], market[0].Open, fills.Costs);
            return 1;
        }

        double stuck = 0, gross = 0;
        for (int asset = 0; asset < weights.Length; asset++)
        {
            if (double.IsNaN(weights[asset]) || !market[asset].HasPrice)
                stuck += Math.Abs(portfolio.Value(asset));
            else
                gross += Math.Abs(weights[asset]);
        }

        return Solve(
            portfolio, 0, stuck, gross, weights, market, fills.Costs, fills.MaximumParticipation, quantities,
            out cost);
    }

    /// <summary>The closed form for one asset with proportional costs.</summary>
    internal static double Proportional(double equity, double held, double weight, double price, CostModel costs)
    {
        double gap = weight * equity - held * price;
        bool buys = gap > 0;
        double scale = 1 + (buys ? weight : -weight) * costs.TradeCostRate(buys);
        return gap / (scale * price);
    }

    /// <summary>Sizes the assets from <paramref name="first"/> on, as many as there are weights.</summary>
    private static double Solve(
        Portfolio portfolio,
        int first,
        double stuck,
        double gross,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<BarPrices> market,
        CostModel costs,
        double participation,
        Span<double> quantities,
        out double cost)
    {
        double equity = portfolio.Equity, scale = 1;
        cost = 0;
        for (int iteration = 0; iteration < MaximumIterations; iteration++)
        {
            double left = equity - cost, next = 0;
            double room = Math.Max(0, portfolio.MaximumLeverage * left - stuck);
            scale = gross * left > room ? room / (gross * left) : 1;
            for (int i = 0; i < weights.Length; i++)
            {
                double price = market[i].Open, held = portfolio.Quantity(first + i);
                quantities[i] = double.IsNaN(weights[i]) || !market[i].HasPrice
                    ? 0
                    : weights[i] == 0
                        ? -held
                        : (weights[i] * scale * left - held * price) / price;
                if (quantities[i] == 0)
                    continue;
                Liquidity liquidity = market[i].Liquidity;
                double fillable = FillModel.Available(quantities[i], liquidity.Volume, participation, used: 0);
                if (fillable != 0)
                    next += costs.Execute(first + i, fillable, price, liquidity).Cost;
            }

            if (Math.Abs(next - cost) <= 1e-15 * Math.Abs(equity))
                break;
            cost = next;
        }

        return scale;
    }
}
