namespace FinML.Markets;

/// <summary>
/// An account of several assets that follows target weights. A bar is <see cref="Open"/> (the targets decided at the
/// close before are traded) and then <see cref="Close"/> (the mark). An asset without a price is not traded, keeps its
/// last mark, and its target waits.
/// </summary>
internal sealed class PortfolioAccount
{
    private const int MostIterations = 100;

    private readonly ExecutionOptions options;
    private readonly Portfolio portfolio;
    private readonly double[] targets; // the weights last traded to; NaN where one waits
    private readonly double[] values; // wanted values, in currency
    private readonly double[] quantities; // what is left to trade to; NaN where nothing is
    private readonly double buyCost, sellCost;

    internal PortfolioAccount(ExecutionOptions options, int assets)
    {
        this.options = options;
        portfolio = new Portfolio(1, assets, options.MaximumLeverage);
        targets = new double[assets];
        values = new double[assets];
        quantities = new double[assets];
        buyCost = options.Costs.TradeCostRate(buys: true);
        sellCost = options.Costs.TradeCostRate(buys: false);
    }

    internal Portfolio Portfolio => portfolio;

    /// <summary>Whether the equity fell to the ruin level; the account then stays closed.</summary>
    internal bool Ruined { get; private set; }

    internal double Equity => portfolio.Equity;

    /// <summary>The weight at the last mark; 0 when ruined.</summary>
    internal double Weight(int asset) => Ruined ? 0 : portfolio.Weight(asset);

    /// <summary>The equity with the assets that have a price at that, the others at their marks.</summary>
    internal double EquityAt(ReadOnlySpan<double> prices)
    {
        double equity = portfolio.Cash;
        for (int asset = 0; asset < prices.Length; asset++)
        {
            double quantity = portfolio.Quantity(asset);
            if (quantity != 0)
                equity += quantity * (double.IsNaN(prices[asset]) ? portfolio.Mark(asset) : prices[asset]);
        }

        return equity;
    }

    /// <summary>Whether an equity is at or below the ruin level.</summary>
    internal bool IsRuin(double equity) => !(equity > options.RuinFraction * portfolio.InitialCash);

    internal void Reset()
    {
        portfolio.Reset(1);
        Array.Clear(targets);
        Ruined = false;
    }

    /// <summary>Marks at the opens, on which the old positions earn the night, and trades to the targets, whose gross
    /// exposure has to be within the leverage limit.</summary>
    internal void Open(ReadOnlySpan<double> opens, ReadOnlySpan<double> wanted)
    {
        Mark(opens);
        if (CloseIfRuined() || !HasToTrade(wanted))
            return;
        Size(opens, wanted);

        // First what frees money, down to nothing where a position changes its side; then what takes it.
        for (int asset = 0; asset < values.Length; asset++)
        {
            targets[asset] = double.IsNaN(opens[asset]) ? double.NaN : wanted[asset];
            quantities[asset] = double.IsNaN(opens[asset]) ? portfolio.Quantity(asset) : values[asset] / opens[asset];
            double held = portfolio.Quantity(asset), kept = quantities[asset] * held > 0 ? quantities[asset] : 0;
            if (Math.Abs(kept) < Math.Abs(held))
                portfolio.Trade(asset, kept - held, opens[asset], options.Costs);
            if (Math.Abs(kept) <= Math.Abs(held) && kept == quantities[asset])
                quantities[asset] = double.NaN; // done
        }

        for (int asset = 0; asset < values.Length; asset++)
        {
            if (!double.IsNaN(quantities[asset]))
                portfolio.Trade(
                    asset, quantities[asset] - portfolio.Quantity(asset), opens[asset], options.Costs);
        }
    }

    /// <summary>Marks at the closes and charges the borrow of the coming night.</summary>
    internal void Close(ReadOnlySpan<double> closes)
    {
        Mark(closes);
        portfolio.AccrueBorrow(options.Costs, 1 / options.PeriodsPerYear);
        CloseIfRuined();
    }

    internal void Save(BinaryWriter writer)
    {
        portfolio.Save(writer);
        StateBytes.WriteArray<double>(writer, targets);
        writer.Write(Ruined);
    }

    internal void Load(BinaryReader reader)
    {
        portfolio.Load(reader);
        StateBytes.ReadArray<double>(reader, targets);
        Ruined = reader.ReadBoolean();
    }

    /// <summary>Whether a target changed or waits, or the weights drifted from the targets by more than the
    /// band.</summary>
    private bool HasToTrade(ReadOnlySpan<double> wanted)
    {
        double drift = 0, equity = portfolio.Equity;
        for (int asset = 0; asset < wanted.Length; asset++)
        {
            if (wanted[asset] != targets[asset])
                return true;
            drift += Math.Abs(portfolio.Value(asset) / equity - wanted[asset]);
        }

        return drift > options.RebalanceBand;
    }

    /// <summary>
    /// The values that the weights stand for once all trades are paid: v_i = w_i (E - C) with
    /// C = Σ c_i |v_i - q_i P_i|. C is a fixed point; each round is nearer by a factor of gross exposure × cost rate.
    /// Where positions that cannot be traded take room under the leverage limit, the weights of the others shrink to
    /// what is left.
    /// </summary>
    private void Size(ReadOnlySpan<double> opens, ReadOnlySpan<double> wanted)
    {
        double equity = portfolio.Equity, gross = 0, stuck = 0, cost = 0;
        for (int asset = 0; asset < wanted.Length; asset++)
        {
            if (double.IsNaN(opens[asset]))
                stuck += Math.Abs(portfolio.Value(asset));
            else
                gross += Math.Abs(wanted[asset]);
        }

        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            double left = equity - cost, room = Math.Max(0, options.MaximumLeverage * left - stuck), next = 0;
            double scale = gross * left > room ? room / (gross * left) : 1;
            for (int asset = 0; asset < wanted.Length; asset++)
            {
                if (double.IsNaN(opens[asset]))
                    continue;
                values[asset] = wanted[asset] * scale * left;
                double trade = values[asset] - portfolio.Value(asset);
                next += trade > 0 ? buyCost * trade : -sellCost * trade;
            }

            if (Math.Abs(next - cost) <= 1e-15 * equity)
                return;
            cost = next;
        }
    }

    private void Mark(ReadOnlySpan<double> prices)
    {
        for (int asset = 0; asset < prices.Length; asset++)
        {
            if (!double.IsNaN(prices[asset]))
                portfolio.MarkToMarket(asset, prices[asset]);
        }
    }

    // What is held is given up at its last marks.
    private bool CloseIfRuined()
    {
        if (!Ruined && IsRuin(portfolio.Equity))
        {
            for (int asset = 0; asset < targets.Length; asset++)
            {
                if (portfolio.Quantity(asset) != 0)
                    portfolio.Trade(asset, -portfolio.Quantity(asset), portfolio.Mark(asset), options.Costs);
            }

            Array.Clear(targets);
            Ruined = true;
        }

        return Ruined;
    }
}
