using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// Takes orders, checks each before it stands, meets them with bars and quotes, and books the fills in a
/// <see cref="Portfolio"/>. Every order ends in the log: filled, cancelled, expired or rejected, with the reason.
/// </summary>
/// <remarks>
/// An order decided at T is active from T + latency on and meets only a bar that begins then or later and whose end is
/// after T, or a quote known strictly after T: nothing trades at a price that its decision saw. A day order lives
/// through the day (UTC date) of the first bar or quote that it met. Orders on one asset are served in the order in
/// which they came and share the volume of the bar or the size of the quote.
/// </remarks>
public sealed class Broker
{
    private readonly Portfolio portfolio;
    private readonly FillModel fillModel;
    private readonly TimeSpan latency;
    private readonly double? maximumOrder;
    private readonly List<WorkingOrder> working = [];
    private readonly List<OrderEvent> log = [];
    private long lastId;

    /// <param name="portfolio">The account.</param>
    /// <param name="fillModel">How orders become fills.</param>
    /// <param name="latency">From the decision to the market; 0 or more.</param>
    /// <param name="maximumOrder">The largest value of one order as a fraction of equity; larger ones are clipped. Null
    /// where none binds.</param>
    public Broker(Portfolio portfolio, FillModel fillModel, TimeSpan latency = default, double? maximumOrder = null)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(fillModel);
        Require.InRange(latency.TotalSeconds, 0, 1e9, nameof(latency));
        Require.InRange(maximumOrder ?? 1, 1e-9, 100, nameof(maximumOrder));
        (this.portfolio, this.fillModel, this.latency, this.maximumOrder) =
            (portfolio, fillModel, latency, maximumOrder);
    }

    /// <summary>The account.</summary>
    public Portfolio Portfolio => portfolio;

    /// <summary>What happened, oldest first.</summary>
    public IReadOnlyList<OrderEvent> Log => log;

    /// <summary>The orders that stand, oldest first.</summary>
    public IEnumerable<Order> OpenOrders => working.Select(order => order.Order);

    /// <summary>Takes an order; its number is given back, the log says whether it stands.</summary>
    /// <exception cref="ArgumentException">The order is not one (<see cref="Order.Validate"/>), its asset is none of
    /// the portfolio's, or its number stands already.</exception>
    public long Submit(Order order)
    {
        order.Validate();
        Require.InRange(order.Asset, 0, portfolio.Assets - 1, nameof(order.Asset));
        if (order.Id != 0 && working.Exists(other => other.Order.Id == order.Id))
            throw new ArgumentException($"An order with the number {order.Id} stands already.", nameof(order));
        if (order.Id == 0)
            order = order with { Id = ++lastId };
        lastId = Math.Max(lastId, order.Id);
        double allowed = Check(order, out string reason);
        if (allowed == 0)
        {
            Write(order.Time, OrderEventKind.Rejected, order, 0, reason);
            return order.Id;
        }

        if (allowed != order.Quantity)
            Write(order.Time, OrderEventKind.Clipped, order, allowed, reason);
        working.Add(new WorkingOrder(order with { Quantity = allowed }));
        Write(order.Time, OrderEventKind.Accepted, order, allowed, "");
        return order.Id;
    }

    /// <summary>Takes an order back.</summary>
    /// <returns>False where no such order stands.</returns>
    public bool Cancel(long id, DateTime time)
    {
        int index = working.FindIndex(order => order.Order.Id == id);
        if (index < 0)
            return false;
        End(index, time, OrderEventKind.Cancelled, "cancelled by its sender");
        return true;
    }

    /// <summary>Lets the asset's orders meet a bar, and marks the asset at its close.</summary>
    /// <param name="asset">The asset's index.</param>
    /// <param name="bar">The bar; one without a positive open fills nothing.</param>
    /// <param name="volatility">The standard deviation of the asset's returns over one bar, where the impact needs
    /// it.</param>
    /// <returns>What was filled.</returns>
    public IReadOnlyList<Fill> OnBar(int asset, Bar bar, double volatility = double.NaN)
    {
        ArgumentNullException.ThrowIfNull(bar);
        BarPrices prices = BarPrices.Of(bar, volatility);
        IReadOnlyList<Fill> fills = Meet(
            asset, bar.Time, bar.AvailableAt,
            (WorkingOrder order, double used, out Fill fill) => fillModel.TryFill(
                order.Order, order.Remaining, ref order.Triggered, prices, used, out fill));
        if (bar.Close > 0)
            portfolio.MarkToMarket(asset, bar.Close);
        return fills;
    }

    /// <summary>Lets the asset's orders meet a quote, and marks the asset at its middle.</summary>
    /// <param name="asset">The asset's index.</param>
    /// <param name="quote">The quote.</param>
    /// <returns>What was filled.</returns>
    public IReadOnlyList<Fill> OnQuote(int asset, Quote quote)
    {
        ArgumentNullException.ThrowIfNull(quote);
        IReadOnlyList<Fill> fills = Meet(
            asset, quote.Time, quote.AvailableAt,
            (WorkingOrder order, double used, out Fill fill) => fillModel.TryFill(
                order.Order, order.Remaining, ref order.Triggered, quote, used, out fill));
        if (quote.Mid > 0)
            portfolio.MarkToMarket(asset, quote.Mid);
        return fills;
    }

    private delegate bool Filler(WorkingOrder order, double used, out Fill fill);

    private IReadOnlyList<Fill> Meet(int asset, DateTime begins, DateTime known, Filler tryFill)
    {
        List<Fill> fills = [];
        double bought = 0, sold = 0;
        for (int i = 0; i < working.Count; i++)
        {
            WorkingOrder order = working[i];
            DateTime decided = order.Order.Time;
            if (order.Order.Asset != asset || begins < decided + latency || known <= decided)
                continue;
            if (order.Day is { } day && order.Order.TimeInForce == TimeInForce.Day && begins.Date > day)
            {
                End(i--, begins, OrderEventKind.Expired, $"its day {day:yyyy-MM-dd} is over");
                continue;
            }

            order.Day ??= begins.Date;
            bool buys = order.Remaining > 0;
            if (tryFill(order, buys ? bought : sold, out Fill fill) && Book(order, fill, begins) is { } booked)
            {
                fills.Add(booked);
                (bought, sold) = buys
                    ? (bought + booked.Quantity, sold) : (bought, sold - booked.Quantity);
            }

            if (order.Remaining == 0)
                working.RemoveAt(i--);
            else if (order.Order.TimeInForce == TimeInForce.ImmediateOrCancel)
                End(i--, begins, OrderEventKind.Cancelled, "it could not be filled at once");
        }

        return fills;
    }

    /// <summary>Books what the leverage limit allows of a fill; null where that is nothing.</summary>
    private Fill? Book(WorkingOrder order, Fill fill, DateTime time)
    {
        double left = order.Remaining - fill.Quantity;
        if (!portfolio.TryApply(fill))
        {
            double share = Margin.ShareAllowed(portfolio, fill), units = fill.Quantity * share;
            Fill clipped = fill with { Quantity = units, Commission = fillModel.Costs.Commission(units, fill.Price) };
            bool applied = share > 0 && portfolio.TryApply(clipped);
            string reason = $"the exposure would be above {portfolio.MaximumLeverage} x equity";
            Write(time, applied ? OrderEventKind.Clipped : OrderEventKind.Rejected, order.Order,
                applied ? units : 0, reason);
            order.Remaining = 0; // what the margin does not carry does not stand
            return applied ? clipped : null;
        }

        order.Remaining = Math.Abs(left) < 1e-12 * Math.Abs(order.Order.Quantity) ? 0 : left;
        Write(time, order.Remaining == 0 ? OrderEventKind.Filled : OrderEventKind.PartiallyFilled, order.Order,
            fill.Quantity, "");
        return fill;
    }

    /// <summary>The part of an order that may stand: its value against the equity, and whether there is any equity. An
    /// order that only reduces a position always may.</summary>
    private double Check(in Order order, out string reason)
    {
        reason = "";
        double held = portfolio.Quantity(order.Asset), after = held + order.Quantity;
        if (Math.Abs(after) <= Math.Abs(held) && after * held >= 0)
            return order.Quantity;
        double equity = portfolio.Equity;
        if (!(equity > 0))
        {
            reason = $"the equity is {equity}";
            return 0;
        }

        double price = order.Type == OrderType.Market ? portfolio.Mark(order.Asset) : order.Price;
        if (maximumOrder is not { } largest)
            return order.Quantity;
        if (double.IsNaN(price))
        {
            reason = $"asset {order.Asset} has no price yet, so that the size of the order cannot be checked";
            return 0;
        }

        double share = Math.Abs(order.Quantity) * price / equity;
        reason = $"an order of {share} of equity is above {largest}";
        return share <= largest ? order.Quantity : order.Quantity * (largest / share);
    }

    private void End(int index, DateTime time, OrderEventKind kind, string reason)
    {
        WorkingOrder order = working[index];
        working.RemoveAt(index);
        Write(time, kind, order.Order, order.Order.Quantity - order.Remaining, reason);
    }

    private void Write(DateTime time, OrderEventKind kind, in Order order, double allowed, string reason) =>
        log.Add(new OrderEvent(time, kind, order.Asset, order.Id, order.Quantity, allowed, reason));

    private sealed class WorkingOrder(Order order)
    {
        internal Order Order { get; } = order;

        internal double Remaining = order.Quantity;

        internal bool Triggered;

        internal DateTime? Day { get; set; }
    }
}
