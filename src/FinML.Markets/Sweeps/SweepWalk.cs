namespace FinML.Markets;

/// <summary>
/// One account of a sweep: <see cref="TargetPortfolio"/> for one asset and targets of -1, 0 and 1, in a few numbers. A
/// bar is walked through where the target changes or a short position is held; else it is skipped in closed form.
/// </summary>
internal struct SweepWalk
{
    private readonly SweepPrices prices;
    private readonly ExecutionOptions options;
    private double cash;
    private double quantity;
    private double equity; // at the last close
    private double target; // last traded to
    private double sum; // of returns
    private double squares;
    private double turnover;
    private double costs;
    private int trades;
    private bool ruined;

    private SweepWalk(SweepPrices prices, ExecutionOptions options)
    {
        (this.prices, this.options) = (prices, options);
        cash = equity = 1;
    }

    /// <summary>Runs the targets that change at the given rows; 0 before the first.</summary>
    internal static SweepAccount Run(
        SweepPrices prices, ExecutionOptions options, List<(int Row, double Target)> changes)
    {
        int periods = prices.Closes.Length - 1;
        var walk = new SweepWalk(prices, options);
        for (int i = 0; i < changes.Count; i++)
        {
            int first = changes[i].Row + options.LatencyBars;
            int end = i + 1 < changes.Count ? changes[i + 1].Row + options.LatencyBars : periods;
            walk.Hold(first, Math.Min(end, periods), changes[i].Target);
        }

        double mean = walk.sum / periods;
        double variance = periods > 1 ? (walk.squares - periods * mean * mean) / (periods - 1) : 0;
        return new SweepAccount(
            walk.equity, mean, Math.Sqrt(Math.Max(0, variance)), walk.turnover, walk.costs, walk.trades, walk.ruined);
    }

    /// <summary>Holds a target through the periods first .. end - 1.</summary>
    private void Hold(int first, int end, double wanted)
    {
        if (first >= end || ruined)
            return;
        Step(first, wanted);
        if (quantity == 0 || ruined)
            return;
        int k = first + 1;
        bool safe = quantity * prices.Lowest > options.RuinFraction;
        if (quantity > 0 && safe && k < end)
        {
            sum += prices.Sums[end] - prices.Sums[k];
            squares += prices.Squares[end] - prices.Squares[k];
            equity = cash + quantity * prices.Closes[end];
            return;
        }

        while (k < end && !ruined)
        {
            k = quantity < 0 && wanted == -1 ? HoldShort(k, end) : k;
            if (k < end)
                Step(k++, wanted);
        }
    }

    /// <summary>Walks through periods of a short position at weight -1 up to the first that trades or ruins; returns
    /// that.</summary>
    private int HoldShort(int first, int end)
    {
        ReadOnlySpan<double> opens = prices.Opens.AsSpan(1), closes = prices.Closes.AsSpan(1);
        double fee = options.Costs.Borrow(quantity, 1 / options.PeriodsPerYear); // per unit of price
        double held = quantity, money = cash, value = equity, returns = 0, returnSquares = 0, fees = 0;
        int k = first;
        for (; k < end; k++)
        {
            double atOpen = money + held * opens[k];
            if (Math.Abs(held * opens[k] + atOpen) > options.RebalanceBand * atOpen || IsRuin(atOpen))
                break;
            double paid = fee * closes[k], next = money - paid + held * closes[k];
            if (IsRuin(next))
                break;
            double inverse = 1 / value, change = next * inverse - 1;
            returns += change;
            returnSquares += change * change;
            fees += paid * inverse;
            money -= paid;
            value = next;
        }

        (cash, equity) = (money, value);
        sum += returns;
        squares += returnSquares;
        costs += fees;
        return k;
    }

    /// <summary>One period: the open of bar k + 1, where the target is traded, and its close.</summary>
    private void Step(int k, double wanted)
    {
        CostModel model = options.Costs;
        double open = prices.Opens[k + 1], close = prices.Closes[k + 1], before = equity, cost = 0;
        double atOpen = cash + quantity * open;
        if (IsRuin(atOpen))
            cost = CloseAccount(open);
        else if (wanted != target || Math.Abs(quantity * open / atOpen - wanted) > options.RebalanceBand)
            cost = Trade(atOpen, wanted, open);
        if (!ruined && quantity < 0)
        {
            double fee = model.Borrow(quantity * close, 1 / options.PeriodsPerYear);
            cash -= fee;
            cost += fee;
        }

        equity = cash + quantity * close;
        if (!ruined && IsRuin(equity))
        {
            cost += CloseAccount(close);
            equity = cash;
        }

        double change = equity == before ? 0 : equity / before - 1;
        sum += change;
        squares += change * change;
        costs += cost / before;
    }

    private double Trade(double atOpen, double wanted, double open)
    {
        double size = wanted == 0
            ? -quantity
            : TargetSizing.Proportional(atOpen, quantity, wanted, open, options.Costs);
        target = wanted;
        if (size == 0)
            return 0;
        Fill fill = options.Costs.Execute(0, size, open, Liquidity.Unknown);
        cash -= size * fill.Price + fill.Commission;
        quantity += size;
        turnover += fill.Notional / atOpen;
        trades++;
        return fill.Cost;
    }

    private double CloseAccount(double price)
    {
        ruined = true;
        if (quantity == 0)
            return 0;
        Fill fill = options.Costs.Execute(0, -quantity, price, Liquidity.Unknown);
        cash -= fill.Quantity * fill.Price + fill.Commission;
        quantity = 0;
        return fill.Cost;
    }

    private readonly bool IsRuin(double value) => !(value > options.RuinFraction);
}
