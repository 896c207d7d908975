namespace FinML.Markets;

/// <summary>The loop of all backtests: gross and net accounts side by side on the same targets.</summary>
internal static class BacktestEngine
{
    /// <summary>Runs it.</summary>
    /// <param name="name">The name the result carries.</param>
    /// <param name="market">Prices, (assets) of (bars).</param>
    /// <param name="targets">The weights decided at each close, (bars) of (assets); those of the last bar are not
    /// read.</param>
    /// <param name="options">Validated.</param>
    /// <param name="decisions">What the limits did to the targets.</param>
    internal static PortfolioBacktestResult Run(
        string name,
        BacktestMarket market,
        double[][] targets,
        PortfolioBacktestOptions options,
        List<OrderEvent> decisions)
    {
        ExecutionOptions execution = options.Execution;
        int assets = market.Assets.Count, periods = market.Times.Count - 1;
        List<OrderEvent> log = [];
        var net = new TargetPortfolio(execution, assets, options.Limits, log);
        var gross = new TargetPortfolio(execution with { Costs = CostModel.Free }, assets, options.Limits);
        double[] netReturns = new double[periods], grossReturns = new double[periods];
        double[] netEquity = new double[periods], grossEquity = new double[periods];
        double[] costs = new double[periods], turnover = new double[periods];
        double[] targetSums = new double[periods], positionSums = new double[periods];
        double[][] positions = new double[periods][];
        var bars = new BarPrices[assets];
        double[] closes = new double[assets], nothing = new double[assets];
        List<Fill> fills = [], unused = [];
        var trades = new List<BacktestTrade>();
        int? ruinedIn = null;

        for (int k = 0; k < periods; k++)
        {
            int bar = k + 1;
            double[] traded = k >= execution.LatencyBars ? targets[k - execution.LatencyBars] : nothing;
            DateTime time = market.Times[bar];
            double netBefore = net.Equity, grossBefore = gross.Equity, costsBefore = net.Portfolio.Costs;
            market.Read(bar, bars, closes);
            fills.Clear();
            unused.Clear();
            market.Distribute(bar, net.Portfolio);
            double equityAtOpen = net.Open(time, bars, targets[k], fills);
            net.Close(time, closes);
            market.SettleFunding(bar, net.Portfolio);
            market.Distribute(bar, gross.Portfolio);
            gross.Open(time, bars, targets[k], unused);
            gross.Close(time, closes);
            market.SettleFunding(bar, gross.Portfolio);

            netEquity[k] = net.Equity;
            grossEquity[k] = gross.Equity;
            netReturns[k] = net.Equity == netBefore ? 0 : net.Equity / netBefore - 1;
            grossReturns[k] = gross.Equity == grossBefore ? 0 : gross.Equity / grossBefore - 1;
            costs[k] = (net.Portfolio.Costs - costsBefore) / netBefore;
            positions[k] = new double[assets];
            net.ReadWeights(positions[k]);
            for (int asset = 0; asset < assets; asset++)
            {
                positionSums[k] += positions[k][asset];
                targetSums[k] += double.IsNaN(targets[k][asset]) ? 0 : targets[k][asset];
            }

            foreach (Fill fill in fills)
            {
                turnover[k] += fill.Notional / equityAtOpen;
                trades.Add(new BacktestTrade(k, time, traded[fill.Asset], fill));
            }

            if (net.Ruined)
                ruinedIn ??= k;
        }

        return new PortfolioBacktestResult
        {
            Account = new BacktestResult
            {
                Name = name,
                Times = [.. market.Times.Skip(1)],
                DecisionTimes = [.. market.Times.Take(periods)],
                Targets = targetSums,
                Positions = positionSums,
                GrossReturns = grossReturns,
                NetReturns = netReturns,
                GrossEquity = grossEquity,
                NetEquity = netEquity,
                Costs = costs,
                Turnover = turnover,
                Trades = trades,
                Execution = execution,
                RuinedIn = ruinedIn,
            },
            Assets = market.Assets,
            Targets = targets[..periods],
            Positions = positions,
            Events = [.. decisions.Concat(log).OrderBy(line => line.Time)],
        };
    }
}
