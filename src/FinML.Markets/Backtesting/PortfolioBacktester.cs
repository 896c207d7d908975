using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// Backtests weights of many assets: decided at the close of t, traded at the open of t + 1 (and
/// <see cref="ExecutionOptions.LatencyBars"/> later), marked at its close, gross beside net. An asset without a price
/// at an open is not traded there: its target waits, and <see cref="PortfolioBacktestResult.Events"/> says so; without
/// a price at a close it keeps its last mark.
/// </summary>
/// <remarks>
/// Before an open, splits and dividends of its row are booked; at a close, borrow, interest and funding. Prices and
/// volumes of the bar that trades are read by the fills only, never by a decision. Whoever trades back at every open
/// says <c>RebalanceBand = 0</c>.
/// </remarks>
public static class PortfolioBacktester
{
    /// <summary>Asks the strategy at each close, through a view that ends there, and backtests what it
    /// decides.</summary>
    /// <param name="panel">Prices; adjusted ones unless the options name fields of dividends and splits.</param>
    /// <param name="strategy">Decides the targets; before its warm-up it is not asked and the targets are 0.</param>
    /// <param name="options">Fields, costs, limits.</param>
    /// <param name="start">The first row at whose close targets are decided; the strategy sees the rows before
    /// it.</param>
    /// <param name="end">One past the last row whose prices are used.</param>
    /// <exception cref="ArgumentException">Fewer than 2 rows, a price that is not positive, a field that is not there,
    /// or a target that is infinite.</exception>
    public static PortfolioBacktestResult Run(
        Panel panel,
        IPortfolioStrategy strategy,
        PortfolioBacktestOptions? options = null,
        int start = 0,
        int? end = null)
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(strategy);
        options = (options ?? new PortfolioBacktestOptions()).Validate();
        int stop = end ?? panel.Length;
        Require.InRange(stop, 0, panel.Length, nameof(end));
        Require.InRange(start, 0, Math.Max(0, stop - 2), nameof(start));
        List<OrderEvent> decisions = [];
        double[][] targets = Targets(panel, strategy, start, stop, options, decisions);
        return BacktestEngine.Run(strategy.Name, Market(panel, options, start, stop), targets, options, decisions);
    }

    /// <summary>Backtests rows of target weights.</summary>
    /// <param name="panel">Prices.</param>
    /// <param name="targets">The weights decided at each close, (panel rows) of (assets); NaN leaves a position as it
    /// is; those of the last row are not read. The limits of the options apply.</param>
    /// <param name="options">Fields, costs, limits.</param>
    /// <param name="name">The name the result carries.</param>
    /// <exception cref="ArgumentException">As the other overload's, or the shape is another.</exception>
    public static PortfolioBacktestResult Run(
        Panel panel,
        IReadOnlyList<IReadOnlyList<double>> targets,
        PortfolioBacktestOptions? options = null,
        string name = "targets")
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(targets);
        Require.SameLength(targets.Count, panel.Length, nameof(targets), nameof(panel));
        for (int t = 0; t < targets.Count; t++)
            Require.SameLength(targets[t].Count, panel.Assets.Count, $"targets[{t}]", "panel.Assets");
        return Run(panel, new GivenTargets(name, targets), options);
    }

    /// <summary>What the strategy decides at each close of rows start .. end - 1, each through its own view, before any
    /// limit.</summary>
    public static double[][] Targets(Panel panel, IPortfolioStrategy strategy, int start, int end)
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(strategy);
        return Targets(panel, strategy, start, end, new PortfolioBacktestOptions(), []);
    }

    private static double[][] Targets(
        Panel panel,
        IPortfolioStrategy strategy,
        int start,
        int end,
        PortfolioBacktestOptions options,
        List<OrderEvent> decisions)
    {
        var manager = new PortfolioManager(options.Limits, options.Execution.PeriodsPerYear);
        int assets = panel.Assets.Count;
        double[][] targets = new double[end - start][];
        double[] previous = new double[assets];
        for (int t = start; t < end; t++)
        {
            double[] wanted = new double[assets];
            var view = new PointInTimeView(panel, t);
            if (t >= strategy.WarmUp)
                strategy.Decide(view, previous, wanted);
            for (int asset = 0; asset < assets; asset++)
            {
                if (double.IsInfinity(wanted[asset]))
                    throw new ArgumentException(
                        $"The target of {strategy.Name} for {panel.Assets[asset]} at row {t} has to be finite or NaN; "
                        + $"it is {wanted[asset]}.");
            }

            targets[t - start] = new double[assets];
            manager.Allow(view, options.CloseField, wanted, targets[t - start], decisions);
            previous = wanted;
        }

        return targets;
    }

    private static BacktestMarket Market(Panel panel, PortfolioBacktestOptions options, int start, int end)
    {
        if (end - start < 2)
            throw new ArgumentException(
                $"A backtest needs at least 2 bars, to decide and to trade; there are {end - start}.", nameof(panel));
        double[][] Columns(string? field, bool positive) => field is null
            ? []
            : [.. Enumerable.Range(0, panel.Assets.Count).Select(asset =>
                Column(panel, asset, field, positive, start, end))];
        return new BacktestMarket(
            [.. panel.Times.Skip(start).Take(end - start)],
            panel.Assets,
            Columns(options.OpenField, positive: true),
            Columns(options.CloseField, positive: true))
        {
            Volumes = options.NeedsVolume ? Columns(options.VolumeField, positive: false) : [],
            Dividends = Columns(options.DividendField, positive: false),
            Splits = Columns(options.SplitField, positive: true),
            Funding = Columns(options.FundingField, positive: false),
            VolatilityRows = options.Execution.Costs.SquareRootImpact != 0 ? options.ImpactVolatilityRows : 0,
        };
    }

    private static double[] Column(Panel panel, int asset, string field, bool positive, int start, int end)
    {
        double[] values = panel.Column(asset, panel.FieldIndex(field))[start..end].ToArray();
        for (int t = 1; t < values.Length; t++) // the first bar is decided on and not traded in
        {
            if (positive && values[t] <= 0)
                throw new ArgumentException(
                    $"{panel.Assets[asset]}.{field} has to be positive or NaN at row {start + t}; it is {values[t]}.");
        }

        return values;
    }

    private sealed class GivenTargets(string name, IReadOnlyList<IReadOnlyList<double>> targets) : IPortfolioStrategy
    {
        public string Name => name;

        public int WarmUp => 0;

        public void Decide(in PointInTimeView view, ReadOnlySpan<double> previous, Span<double> result)
        {
            IReadOnlyList<double> row = targets[view.Length - 1];
            for (int asset = 0; asset < result.Length; asset++)
                result[asset] = row[asset];
        }
    }
}
