namespace FinML.Markets;

/// <summary>What the margin of a <see cref="Portfolio"/> allows, and what a margin call leaves.</summary>
public static class Margin
{
    /// <summary>
    /// The largest share of a fill that the leverage limit allows, 0 to 1: the largest f with
    /// G - |q P| + |(q + f Δ) P| &lt;= L (E - f C), where G is the gross exposure, E the equity and C the fill's cost.
    /// Reducing a position is always allowed.
    /// </summary>
    /// <param name="portfolio">The account; it is not changed.</param>
    /// <param name="fill">What would be traded.</param>
    public static double ShareAllowed(Portfolio portfolio, in Fill fill)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        Require.InRange(fill.Asset, 0, portfolio.Assets - 1, nameof(fill.Asset));
        double price = fill.ReferencePrice, change = fill.Quantity * price, cost = fill.Cost;
        double before = portfolio.Quantity(fill.Asset) * price;
        double equity = portfolio.EquityAt(fill.Asset, price);
        double others = portfolio.GrossExposure - Math.Abs(portfolio.Value(fill.Asset));
        double Room(double share) =>
            portfolio.MaximumLeverage * (equity - share * cost) - others - Math.Abs(before + share * change);
        if (change == 0 || Room(1) >= 0)
            return 1;

        // From zero (or from here) on, room falls in a straight line.
        double start = before * change < 0 ? Math.Min(1, -before / change) : 0;
        double atStart = Room(start);
        return atStart <= 0 ? start : start + (1 - start) * atStart / (atStart - Room(1));
    }

    /// <summary>
    /// The share of every position to keep on a margin call so that, after the cost of selling the rest, the initial
    /// requirement is met again: k G = L (E - c (1 - k) G). 0 to 1; 0 where nothing is left to keep.
    /// </summary>
    /// <param name="portfolio">The account; it is not changed.</param>
    /// <param name="costRate">The cost of a unit of notional, c; 0 to below 1 / MaximumLeverage.</param>
    public static double ShareToKeep(Portfolio portfolio, double costRate)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        double leverage = portfolio.MaximumLeverage, gross = portfolio.GrossExposure;
        Require.InRange(costRate, 0, 0.999 / leverage, nameof(costRate));
        return gross == 0
            ? 1
            : Math.Clamp(
                leverage * (portfolio.Equity - costRate * gross) / (gross * (1 - leverage * costRate)), 0, 1);
    }
}
