namespace FinML.Markets;

/// <summary>
/// An account that follows target weights: the one place where decided positions become trades. A bar is Open (the
/// targets decided before are traded) and then Close (the mark).
/// </summary>
internal sealed class TargetPortfolio
{
    private readonly ExecutionOptions options;
    private readonly PortfolioManager manager;
    private readonly FillModel fillModel;
    private readonly Portfolio portfolio;
    private readonly double[] targets; // the weights last traded to; NaN where one waits
    private readonly bool[] waiting;
    private readonly double[] delayed; // (latency bars x assets), a ring of decisions on their way
    private readonly double[] due; // the decision that arrives at this bar
    private readonly BarPrices[] bars; // of opens alone
    private readonly List<Order> orders = [];
    private readonly List<OrderEvent> log;
    private long lastOrder;
    private int head; // where the oldest decision stands in the ring

    internal TargetPortfolio(
        ExecutionOptions options, int assets, PortfolioLimits? limits = null, List<OrderEvent>? log = null)
    {
        this.options = options;
        manager = new PortfolioManager(limits, options.PeriodsPerYear);
        fillModel = new FillModel(options.Costs, options.MaximumParticipation);
        portfolio = new Portfolio(1, assets, options.MaximumLeverage, options.MaintenanceMargin);
        targets = new double[assets];
        waiting = new bool[assets];
        delayed = new double[options.LatencyBars * assets];
        due = new double[assets];
        bars = new BarPrices[assets];
        this.log = log ?? [];
    }

    internal Portfolio Portfolio => portfolio;

    internal PortfolioManager Manager => manager;

    /// <summary>The weights last traded to, (assets); NaN where one waits.</summary>
    internal ReadOnlySpan<double> Targets => targets;

    /// <summary>Whether the equity fell to the ruin level; the account then stays closed.</summary>
    internal bool Ruined { get; private set; }

    internal double Equity => portfolio.Equity;

    /// <summary>The weight at the last mark; 0 when ruined.</summary>
    internal double Weight(int asset) => Ruined ? 0 : portfolio.Weight(asset);

    /// <summary>The weights at the last marks, (assets).</summary>
    internal void ReadWeights(Span<double> weights)
    {
        double equity = Equity;
        for (int asset = 0; asset < weights.Length; asset++)
            weights[asset] = Ruined ? 0 : equity > 0 ? portfolio.Value(asset) / equity : double.NaN;
    }

    /// <summary>Whether an equity is at or below the ruin level.</summary>
    internal bool IsRuin(double equity) => !(equity > options.RuinFraction * portfolio.InitialCash);

    internal void Reset()
    {
        portfolio.Reset(1);
        Array.Clear(targets);
        Array.Clear(delayed);
        Ruined = false;
        lastOrder = head = 0;
        log.Clear();
    }

    /// <summary>As the other overload, where neither volumes nor times matter; NaN is no price.</summary>
    internal double Open(ReadOnlySpan<double> opens, ReadOnlySpan<double> decided, List<Fill>? fills = null)
    {
        for (int asset = 0; asset < opens.Length; asset++)
            bars[asset] = new BarPrices(opens[asset], double.NaN, double.NaN, Liquidity.Unknown);
        return Open(default, bars, decided, fills);
    }

    /// <summary>
    /// Marks at the opens, on which the old positions earn the night, and trades to the targets that arrive: those
    /// decided at the close before, or as many bars earlier as the latency says. Returns the equity between the two.
    /// </summary>
    /// <param name="time">The bar's time.</param>
    /// <param name="market">Opens and liquidity, (assets).</param>
    /// <param name="decided">Target weights of the last close, (assets); NaN leaves a position as it is.</param>
    /// <param name="fills">Gets what was traded; null where nobody asks.</param>
    internal double Open(
        DateTime time, ReadOnlySpan<BarPrices> market, ReadOnlySpan<double> decided, List<Fill>? fills)
    {
        ReadOnlySpan<double> wanted = Delay(decided);
        for (int asset = 0; asset < market.Length; asset++)
        {
            if (market[asset].HasPrice)
                portfolio.MarkToMarket(asset, market[asset].Open);
        }

        double before = portfolio.Equity;
        if (CloseIfRuined(time))
            return before;
        if (portfolio.IsMarginCall)
        {
            AnswerMarginCall(time, market, fills);
            return before;
        }

        if (!HasToTrade(wanted, before))
        {
            Forget(wanted);
            return before;
        }

        orders.Clear();
        Array.Clear(waiting);
        manager.Plan(time, portfolio, wanted, market, fillModel, orders, log, waiting);
        foreach (Order order in orders)
            Trade(time, order with { Id = ++lastOrder }, market[order.Asset], fills);
        for (int asset = 0; asset < wanted.Length; asset++)
            targets[asset] = waiting[asset] ? double.NaN : wanted[asset];
        return before;
    }

    /// <summary>As the other overload, where times do not matter.</summary>
    internal void Close(ReadOnlySpan<double> closes) => Close(default, closes);

    /// <summary>Marks at the closes (NaN leaves the mark) and charges the borrow and the interest of the coming
    /// night.</summary>
    internal void Close(DateTime time, ReadOnlySpan<double> closes)
    {
        for (int asset = 0; asset < closes.Length; asset++)
        {
            if (closes[asset] > 0)
                portfolio.MarkToMarket(asset, closes[asset]);
        }

        portfolio.AccrueBorrow(options.Costs, 1 / options.PeriodsPerYear);

        // Without leverage a trade never leaves negative cash, but for its rounding.
        if (options.MaximumLeverage > 1 || options.Costs.CashBasisPointsPerYear != 0)
            portfolio.AccrueFinancing(options.Costs, 1 / options.PeriodsPerYear);
        CloseIfRuined(time);
    }

    internal void Save(BinaryWriter writer)
    {
        portfolio.Save(writer);
        StateBytes.WriteArray<double>(writer, targets);
        StateBytes.WriteArray<double>(writer, delayed);
        writer.Write(head);
        writer.Write(Ruined);
    }

    internal void Load(BinaryReader reader)
    {
        portfolio.Load(reader);
        StateBytes.ReadArray<double>(reader, targets);
        StateBytes.ReadArray<double>(reader, delayed);
        head = reader.ReadInt32();
        Ruined = reader.ReadBoolean();
    }

    private ReadOnlySpan<double> Delay(ReadOnlySpan<double> decided)
    {
        if (delayed.Length == 0)
            return decided;
        Span<double> oldest = delayed.AsSpan(head, due.Length);
        oldest.CopyTo(due);
        decided.CopyTo(oldest);
        head = (head + due.Length) % delayed.Length;
        return due;
    }

    /// <summary>Where a position is left as it is, the next target is another one, whatever it is.</summary>
    private void Forget(ReadOnlySpan<double> wanted)
    {
        for (int asset = 0; asset < wanted.Length; asset++)
        {
            if (double.IsNaN(wanted[asset]))
                targets[asset] = double.NaN;
        }
    }

    /// <summary>Whether a target changed, or the weights drifted from the targets by more than the band.</summary>
    private bool HasToTrade(ReadOnlySpan<double> wanted, double equity)
    {
        double drift = 0;
        for (int asset = 0; asset < wanted.Length; asset++)
        {
            double target = wanted[asset];
            if (double.IsNaN(target))
                continue;
            if (target != targets[asset]) // true where the asset waits
                return true;
            drift += Math.Abs(portfolio.Value(asset) / equity - target);
        }

        return drift > options.RebalanceBand;
    }

    private void Trade(DateTime time, Order order, in BarPrices bar, List<Fill>? fills)
    {
        int asset = order.Asset;
        if (!fillModel.TryFillAtOpen(asset, order.Quantity, bar, out Fill fill))
        {
            Log(time, OrderEventKind.Rejected, order, 0, "there is no volume to trade against; the target waits");
            return;
        }

        if (fill.Quantity != order.Quantity)
            Log(time, OrderEventKind.PartiallyFilled, order, fill.Quantity,
                $"the bar's volume is {bar.Liquidity.Volume} and at most {options.MaximumParticipation} of it may be "
                + "taken; the rest waits");
        if (portfolio.TryApply(fill))
        {
            fills?.Add(fill);
            return;
        }

        double units = fill.Quantity * Margin.ShareAllowed(portfolio, fill);
        Fill clipped = fillModel.Costs.Execute(asset, units, bar.Open, bar.Liquidity);
        bool applied = units != 0 && portfolio.TryApply(clipped);
        Log(time, applied ? OrderEventKind.Clipped : OrderEventKind.Rejected, order, applied ? units : 0,
            $"the exposure would be above {options.MaximumLeverage} x equity");
        if (applied)
            fills?.Add(clipped);
    }

    private void AnswerMarginCall(DateTime time, ReadOnlySpan<BarPrices> market, List<Fill>? fills)
    {
        CostModel costs = options.Costs;
        double rate = Math.Max(costs.TradeCostRate(buys: true), costs.TradeCostRate(buys: false));
        double keep = Margin.ShareToKeep(portfolio, rate);
        string reason = $"the equity of {portfolio.Equity} is below {options.MaintenanceMargin} of the exposure of "
            + $"{portfolio.GrossExposure}";
        for (int asset = 0; asset < market.Length; asset++)
        {
            double size = (keep - 1) * portfolio.Quantity(asset);
            if (size == 0)
                continue;
            targets[asset] = double.NaN;
            bool filled = fillModel.TryFillAtOpen(asset, size, market[asset], out Fill fill)
                && portfolio.TryApply(fill);
            log.Add(new OrderEvent(
                time, OrderEventKind.MarginCall, asset, 0, size, filled ? fill.Quantity : 0, reason));
            if (filled)
                fills?.Add(fill);
        }
    }

    private bool CloseIfRuined(DateTime time)
    {
        if (!Ruined && IsRuin(portfolio.Equity))
        {
            for (int asset = 0; asset < targets.Length; asset++)
            {
                double held = portfolio.Quantity(asset);
                if (held == 0)
                    continue;
                portfolio.TryApply(WithoutImpact(asset, -held));
                log.Add(new OrderEvent(time, OrderEventKind.MarginCall, asset, 0, -held, -held,
                    $"the equity fell to {portfolio.Equity}: the account is closed"));
            }

            Array.Clear(targets);
            Ruined = true;
        }

        return Ruined;
    }

    /// <summary>A fill at the mark with slippage and commission; impact is left out, as no volume is known.</summary>
    private Fill WithoutImpact(int asset, double quantity)
    {
        double mark = portfolio.Mark(asset), price = options.Costs.FillPrice(mark, quantity);
        return new Fill(asset, quantity, mark, price, options.Costs.Commission(quantity, price));
    }

    private void Log(DateTime time, OrderEventKind kind, in Order order, double allowed, string reason)
    {
        // What was not traded is tried again, whatever the reason.
        waiting[order.Asset] = true;
        log.Add(new OrderEvent(time, kind, order.Asset, order.Id, order.Quantity, allowed, reason));
    }
}
