using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// Between a strategy and the market: scales and clips the weights that are wanted (<see cref="Allow"/>, at the
/// decision), and turns allowed weights into orders (the plan, at the trade), each checked before it goes
/// out. What breaks a limit is clipped, never dropped without a line in the log.
/// </summary>
/// <remarks>
/// Weights: volatility target, then each asset's limit, then gross, then net. Gross is kept by scaling all weights; net
/// by scaling those on the larger side. Orders: sized so that the weights hold after costs, then turnover (all orders
/// scaled alike), order size, lots (towards zero), and the smallest trade. A NaN weight leaves a position as it is and
/// counts with nothing.
/// </remarks>
public sealed class PortfolioManager
{
    private readonly PortfolioLimits limits;
    private readonly double periodsPerYear;
    private double[] quantities = [];

    /// <param name="limits">What is allowed; nothing binds by default.</param>
    /// <param name="periodsPerYear">Rows in a year, for the volatility target.</param>
    public PortfolioManager(PortfolioLimits? limits = null, double periodsPerYear = 252)
    {
        Require.InRange(periodsPerYear, 1, 1e7, nameof(periodsPerYear));
        this.limits = (limits ?? new PortfolioLimits()).Validate();
        this.periodsPerYear = periodsPerYear;
    }

    /// <summary>What is allowed.</summary>
    public PortfolioLimits Limits => limits;

    /// <summary>The weights that the limits leave of those that are wanted at the close of the view's last
    /// row.</summary>
    /// <param name="view">What is known; the volatility is measured on it.</param>
    /// <param name="field">The price that returns are of.</param>
    /// <param name="wanted">Target weights, (assets); NaN leaves a position as it is.</param>
    /// <param name="allowed">The result, (assets).</param>
    /// <param name="log">Gets a line for each weight that was changed by a limit.</param>
    public void Allow(
        in PointInTimeView view,
        string field,
        ReadOnlySpan<double> wanted,
        Span<double> allowed,
        ICollection<OrderEvent> log)
    {
        ArgumentNullException.ThrowIfNull(log);
        Require.SameLength(wanted.Length, view.Assets.Count, nameof(wanted), "assets");
        Require.SameLength(allowed.Length, wanted.Length, nameof(allowed), nameof(wanted));
        wanted.CopyTo(allowed);
        if (limits.TargetVolatility is { } target)
        {
            double volatility = Volatility(view, field, wanted) * Math.Sqrt(periodsPerYear);
            double scale = volatility > 0 ? Math.Min(target / volatility, limits.MaximumScale) : 1;
            Scale(view.AvailableAt, allowed, scale, 0,
                $"the volatility is {volatility:P1} where {target:P1} is the target", log);
        }

        if (limits.MaximumWeight is { } largest)
        {
            for (int asset = 0; asset < allowed.Length; asset++)
            {
                if (Math.Abs(allowed[asset]) > largest)
                {
                    double kept = Math.Sign(allowed[asset]) * largest;
                    log.Add(new OrderEvent(view.AvailableAt, OrderEventKind.Clipped, asset, 0, allowed[asset], kept,
                        $"a weight of {allowed[asset]} is above {largest}"));
                    allowed[asset] = kept;
                }
            }
        }

        (double longs, double shorts) = Sides(allowed);
        if (limits.MaximumGross is { } gross && longs + shorts > gross)
            Scale(view.AvailableAt, allowed, gross / (longs + shorts), 0,
                $"a gross exposure of {longs + shorts} is above {gross}", log);
        (longs, shorts) = Sides(allowed);
        if (limits.MaximumNet is { } net && Math.Abs(longs - shorts) > net)
        {
            int side = Math.Sign(longs - shorts);
            double larger = Math.Max(longs, shorts), smaller = Math.Min(longs, shorts);
            Scale(view.AvailableAt, allowed, (smaller + net) / larger, side,
                $"a net exposure of {longs - shorts} is beyond {net}", log);
        }
    }

    /// <summary>The standard deviation of one row's return that the weights would have had over the lookback; returns
    /// that cannot be computed count as 0. NaN where fewer rows than the lookback are known.</summary>
    public double Volatility(in PointInTimeView view, string field, ReadOnlySpan<double> weights)
    {
        int rows = limits.VolatilityLookback;
        if (view.Length < rows + 1)
            return double.NaN;
        double[] returns = new double[rows];
        for (int asset = 0; asset < weights.Length; asset++)
        {
            if (double.IsNaN(weights[asset]) || weights[asset] == 0)
                continue;
            ReadOnlySpan<double> price = view.Window(asset, field, rows + 1);
            for (int t = 0; t < rows; t++)
            {
                double change = price[t + 1] / price[t] - 1;
                returns[t] += double.IsFinite(change) ? weights[asset] * change : 0;
            }
        }

        double mean = 0, squares = 0;
        foreach (double value in returns)
            mean += value / rows;
        foreach (double value in returns)
            squares += (value - mean) * (value - mean);
        return Math.Sqrt(squares / (rows - 1));
    }

    /// <summary>The orders that take a portfolio to the weights.</summary>
    /// <param name="time">When they are decided.</param>
    /// <param name="portfolio">The account.</param>
    /// <param name="weights">Target weights, (assets); NaN leaves a position as it is.</param>
    /// <param name="market">The prices that orders are sized at (the opens) and the liquidity, (assets).</param>
    /// <param name="fills">What a trade costs and how much of the volume it may take.</param>
    public TradePlan Plan(
        DateTime time,
        Portfolio portfolio,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<BarPrices> market,
        FillModel fills)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(fills);
        Require.SameLength(weights.Length, portfolio.Assets, nameof(weights), "portfolio");
        Require.SameLength(market.Length, portfolio.Assets, nameof(market), "portfolio");
        List<Order> orders = [];
        List<OrderEvent> log = [];
        Plan(time, portfolio, weights, market, fills, orders, log, new bool[weights.Length]);
        return new TradePlan(orders, log);
    }

    /// <summary>As the public method, into lists of the caller; <paramref name="waiting"/> is set for each asset whose
    /// target has to be tried again.</summary>
    internal void Plan(
        DateTime time,
        Portfolio portfolio,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<BarPrices> market,
        FillModel fills,
        List<Order> orders,
        List<OrderEvent> log,
        Span<bool> waiting)
    {
        int assets = weights.Length;
        double equity = portfolio.Equity;
        if (!(equity > 0))
            weights = OnlyClosings(time, equity, weights, log);
        if (quantities.Length < assets)
            quantities = new double[assets];
        Span<double> sizes = quantities.AsSpan(0, assets);
        double scale = TargetSizing.Quantities(portfolio, weights, market, fills, sizes, out double cost);
        if (scale < 1 - 1e-9)
            LogLeverage(time, portfolio, weights, market, scale, log);
        for (int asset = 0; asset < assets; asset++)
        {
            if (market[asset].HasPrice || double.IsNaN(weights[asset]))
                continue;
            double held = portfolio.Weight(asset);
            if (Math.Abs(held - weights[asset]) > 1e-12)
            {
                waiting[asset] = true;
                log.Add(new OrderEvent(time, OrderEventKind.Rejected, asset, 0, weights[asset], held,
                    $"there is no price of asset {asset} at {time:s}; the target waits"));
            }
        }

        LimitTurnover(time, equity, market, sizes, log, waiting);
        for (int asset = 0; asset < assets; asset++)
        {
            if (sizes[asset] != 0)
                sizes[asset] = Check(time, portfolio, equity, asset, sizes[asset], market[asset].Open, log);
        }

        AddOrders(time, portfolio, sizes, equity - cost, orders);
    }

    /// <summary>
    /// Orders in the order in which they need exposure: what only reduces a position, what changes its side without
    /// growing, what grows. Where the exposure is above what the equity will carry once all is paid, a position that
    /// changes its side is closed first and opened last, so that none is refused for what another still holds.
    /// </summary>
    private static void AddOrders(
        DateTime time, Portfolio portfolio, ReadOnlySpan<double> sizes, double equityAfter, List<Order> orders)
    {
        bool splits = sizes.Length > 1
            && portfolio.GrossExposure > portfolio.MaximumLeverage * equityAfter;
        for (int pass = 0; pass < 3; pass++)
        {
            for (int asset = 0; asset < sizes.Length; asset++)
            {
                double size = sizes[asset], held = portfolio.Quantity(asset), after = held + size;
                if (size == 0)
                    continue;
                bool turns = after * held < 0;
                if (turns && splits)
                {
                    if (pass != 1)
                        orders.Add(Order.Market(asset, pass == 0 ? -held : after, time));
                    continue;
                }

                int needs = Math.Abs(after) > Math.Abs(held) ? 2 : turns ? 1 : 0;
                if (needs == pass)
                    orders.Add(Order.Market(asset, size, time));
            }
        }
    }

    private static void LogLeverage(
        DateTime time,
        Portfolio portfolio,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<BarPrices> market,
        double scale,
        List<OrderEvent> log)
    {
        for (int asset = 0; asset < weights.Length; asset++)
        {
            if (market[asset].HasPrice && !double.IsNaN(weights[asset]) && weights[asset] != 0)
                log.Add(new OrderEvent(
                    time, OrderEventKind.Clipped, asset, 0, weights[asset], scale * weights[asset],
                    $"targets and positions that are not traded are above {portfolio.MaximumLeverage} x equity"));
        }
    }

    /// <summary>Without equity no position is opened; what is to be closed is.</summary>
    private static double[] OnlyClosings(
        DateTime time, double equity, ReadOnlySpan<double> weights, List<OrderEvent> log)
    {
        double[] closings = weights.ToArray();
        for (int asset = 0; asset < closings.Length; asset++)
        {
            if (double.IsNaN(closings[asset]) || closings[asset] == 0)
                continue;
            log.Add(new OrderEvent(
                time, OrderEventKind.Rejected, asset, 0, closings[asset], 0, $"the equity is {equity}"));
            closings[asset] = double.NaN;
        }

        return closings;
    }

    private static (double Longs, double Shorts) Sides(ReadOnlySpan<double> weights)
    {
        double longs = 0, shorts = 0;
        foreach (double weight in weights)
        {
            longs += weight > 0 ? weight : 0;
            shorts += weight < 0 ? -weight : 0;
        }

        return (longs, shorts);
    }

    /// <summary>Scales the weights of one side (all where it is 0).</summary>
    private static void Scale(
        DateTime time, Span<double> weights, double scale, int side, string reason, ICollection<OrderEvent> log)
    {
        for (int asset = 0; asset < weights.Length; asset++)
        {
            double weight = weights[asset];
            if (double.IsNaN(weight) || weight == 0 || scale == 1 || (side != 0 && Math.Sign(weight) != side))
                continue;
            weights[asset] = weight * scale;
            log.Add(new OrderEvent(time, OrderEventKind.Clipped, asset, 0, weight, weights[asset], reason));
        }
    }

    private void LimitTurnover(
        DateTime time,
        double equity,
        ReadOnlySpan<BarPrices> market,
        Span<double> sizes,
        List<OrderEvent> log,
        Span<bool> waiting)
    {
        if (limits.MaximumTurnover is not { } most)
            return;
        double turnover = 0;
        for (int asset = 0; asset < sizes.Length; asset++)
            turnover += sizes[asset] == 0 ? 0 : Math.Abs(sizes[asset] * market[asset].Open) / equity;
        if (!(turnover > most))
            return;
        for (int asset = 0; asset < sizes.Length; asset++)
        {
            if (sizes[asset] == 0)
                continue;
            double allowed = sizes[asset] * (most / turnover);
            log.Add(new OrderEvent(time, OrderEventKind.Clipped, asset, 0, sizes[asset], allowed,
                $"a turnover of {turnover} is above {most}; the rest waits"));
            sizes[asset] = allowed;
            waiting[asset] = true;
        }
    }

    /// <summary>The checks before an order goes out: its size, its lots, whether it is worth it.</summary>
    private double Check(
        DateTime time, Portfolio portfolio, double equity, int asset, double size, double price, List<OrderEvent> log)
    {
        double wanted = size;
        double largest = limits.MaximumOrder is { } order ? order * equity / price : double.PositiveInfinity;
        if (Math.Abs(size) > largest)
        {
            size = Math.Sign(size) * largest;
            log.Add(new OrderEvent(time, OrderEventKind.Clipped, asset, 0, wanted, size,
                $"an order of {Math.Abs(wanted) * price / equity} of equity is above {limits.MaximumOrder}"));
        }

        if (size == -portfolio.Quantity(asset))
            return size; // closing is always whole
        if (limits.LotSize > 0)
        {
            // A size that is whole but for rounding stays whole.
            double lots = Math.Truncate(size / limits.LotSize * (1 + 1e-12));
            double whole = lots * limits.LotSize;
            if (whole != size)
                log.Add(new OrderEvent(
                    time, whole == 0 ? OrderEventKind.Rejected : OrderEventKind.Clipped, asset, 0, size, whole,
                    $"{size} units are not whole lots of {limits.LotSize}"));
            size = whole;
        }

        if (size != 0 && Math.Abs(size) * price < limits.MinimumTrade * equity)
        {
            log.Add(new OrderEvent(time, OrderEventKind.Rejected, asset, 0, size, 0,
                $"a trade of {Math.Abs(size) * price / equity} of equity is below {limits.MinimumTrade}"));
            size = 0;
        }

        return size;
    }
}
