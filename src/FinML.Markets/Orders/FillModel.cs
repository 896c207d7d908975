using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// The one place where an order becomes a fill: of the backtesters, of the environments and of <see cref="Broker"/>.
/// </summary>
/// <remarks>
/// <para>Against a bar. A market order trades at the open plus slippage. A buy limit at L trades at the open where that
/// is at or below L (at the open plus slippage, never above L), else at L where the low is strictly below it: a touch
/// does not fill, others stood there before. A buy stop at S triggers at the open where that is at or above S, else at
/// S where the high reaches it, and pays slippage on top. Sales are the mirror image. An immediate order sees the open
/// only. No fill takes more than <see cref="MaximumParticipation"/> of the bar's volume.</para>
/// <para>Against a quote. A buy trades at the ask for at most the size that stands there; its reference price is the
/// middle, so that half the spread counts as slippage; a size of NaN is no limit. The commission is that of
/// <see cref="Costs"/>; its slippage is not added, the spread is in the quote.</para>
/// </remarks>
public sealed class FillModel
{
    /// <param name="costs">Slippage and commission.</param>
    /// <param name="maximumParticipation">The largest share of a bar's volume that may be taken; above 0 to 1, where 1
    /// is the whole volume. A volume of NaN is no limit.</param>
    public FillModel(CostModel costs, double maximumParticipation = 1)
    {
        ArgumentNullException.ThrowIfNull(costs);
        Require.InRange(maximumParticipation, 1e-9, 1, nameof(maximumParticipation));
        Costs = costs.Validate();
        MaximumParticipation = maximumParticipation;
    }

    /// <summary>Slippage and commission.</summary>
    public CostModel Costs { get; }

    /// <summary>The largest share of a bar's volume that may be taken.</summary>
    public double MaximumParticipation { get; }

    /// <summary>The part of <paramref name="quantity"/> that the volume allows, of which <paramref name="used"/> units
    /// are taken already.</summary>
    public double Available(double quantity, double volume, double used = 0) =>
        Available(quantity, volume, MaximumParticipation, used);

    /// <summary>Fills what the volume allows of a market order at the open.</summary>
    /// <returns>False where nothing can be traded: there is no price, or no volume is left.</returns>
    public bool TryFillAtOpen(int asset, double quantity, in BarPrices bar, out Fill fill, double used = 0)
    {
        fill = default;
        if (!bar.HasPrice)
            return false;
        double units = Available(quantity, bar.Liquidity.Volume, used);
        if (units == 0)
            return false;
        fill = Costs.Execute(asset, units, bar.Open, bar.Liquidity);
        return true;
    }

    /// <summary>Fills what a bar allows of the rest of an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="remaining">What is left of its quantity, with its sign.</param>
    /// <param name="triggered">Whether a stop has been reached; set where it is reached in this bar.</param>
    /// <param name="bar">The bar.</param>
    /// <param name="used">Units of the bar's volume that other orders of the account took.</param>
    /// <param name="fill">The fill.</param>
    /// <returns>Whether anything was filled.</returns>
    public bool TryFill(
        in Order order, double remaining, ref bool triggered, in BarPrices bar, double used, out Fill fill)
    {
        fill = default;
        if (!bar.HasPrice)
            return false;
        if (order.Type == OrderType.Market || (order.Type == OrderType.Stop && triggered))
            return TryFillAtOpen(order.Asset, remaining, bar, out fill, used);
        int side = Math.Sign(remaining);
        double units = Available(remaining, bar.Liquidity.Volume, used);
        if (order.Type == OrderType.Stop)
        {
            // The extreme in the order's direction; NaN compares false.
            double extreme = side > 0 ? bar.High : bar.Low;
            bool atOpen = side * (bar.Open - order.Price) >= 0;
            triggered = atOpen || side * (extreme - order.Price) >= 0;
            if (!triggered || units == 0)
                return false;
            fill = Costs.Execute(order.Asset, units, atOpen ? bar.Open : order.Price, bar.Liquidity);
            return true;
        }

        if (units == 0)
            return false;
        if (side * (order.Price - bar.Open) >= 0)
        {
            Fill atOpen = Costs.Execute(order.Asset, units, bar.Open, bar.Liquidity);
            fill = side * (atOpen.Price - order.Price) <= 0
                ? atOpen
                : new Fill(order.Asset, units, bar.Open, order.Price, Costs.Commission(units, order.Price));
            return true;
        }

        double through = side > 0 ? bar.Low : bar.High;
        if (order.TimeInForce == TimeInForce.ImmediateOrCancel || !(side * (order.Price - through) > 0))
            return false;
        fill = new Fill(order.Asset, units, order.Price, order.Price, Costs.Commission(units, order.Price));
        return true;
    }

    /// <summary>Fills what a quote allows of the rest of an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="remaining">What is left of its quantity, with its sign.</param>
    /// <param name="triggered">Whether a stop has been reached; set where it is reached by this quote.</param>
    /// <param name="quote">The quote.</param>
    /// <param name="used">Units of the quote's size that other orders of the account took.</param>
    /// <param name="fill">The fill.</param>
    /// <returns>Whether anything was filled.</returns>
    public bool TryFill(
        in Order order, double remaining, ref bool triggered, Quote quote, double used, out Fill fill)
    {
        ArgumentNullException.ThrowIfNull(quote);
        fill = default;
        int side = Math.Sign(remaining);
        (double price, double size) = side > 0 ? (quote.AskPrice, quote.AskSize) : (quote.BidPrice, quote.BidSize);
        if (!(price > 0))
            return false;
        if (order.Type == OrderType.Stop && !triggered)
        {
            triggered = side * (price - order.Price) >= 0;
            if (!triggered)
                return false;
        }

        if (order.Type == OrderType.Limit && side * (order.Price - price) < 0)
            return false;
        double left = double.IsNaN(size) ? double.PositiveInfinity : Math.Max(0, size - used);
        double units = side * Math.Min(Math.Abs(remaining), left);
        if (units == 0)
            return false;
        double middle = quote.Mid > 0 ? quote.Mid : price;
        fill = new Fill(order.Asset, units, middle, price, Costs.Commission(units, price));
        return true;
    }

    internal static double Available(double quantity, double volume, double participation, double used)
    {
        if (double.IsNaN(volume))
            return quantity;
        double limit = Math.Max(0, participation * volume - used);
        return Math.Abs(quantity) <= limit ? quantity : Math.Sign(quantity) * limit;
    }
}
