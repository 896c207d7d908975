using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// Turns positions that were decided at closes into returns: the target decided at the close of bar t is traded at the
/// open of t + 1, plus slippage and commission, and marked at the close of t + 1. The night between belongs to the
/// position that was held before. Gross and net run side by side on the same targets. It is the
/// <see cref="PortfolioBacktester"/> of one asset that always has a price.
/// </summary>
public static class Backtester
{
    /// <summary>Backtests a row of target weights.</summary>
    /// <param name="times">Bar times, strictly increasing, (bars).</param>
    /// <param name="opens">Opens, (bars).</param>
    /// <param name="closes">Closes, (bars).</param>
    /// <param name="targets">The weight decided at each close, (bars); that of the last bar cannot be traded and is not
    /// read.</param>
    /// <param name="options">Costs and how targets become trades.</param>
    /// <param name="name">The name the result carries.</param>
    /// <exception cref="ArgumentException">Lengths differ, fewer than 2 bars, times out of order, a price that is not
    /// positive, or a target beyond the leverage limit.</exception>
    public static BacktestResult Run(
        IReadOnlyList<DateTime> times,
        ReadOnlySpan<double> opens,
        ReadOnlySpan<double> closes,
        ReadOnlySpan<double> targets,
        ExecutionOptions? options = null,
        string name = "targets")
    {
        options = (options ?? new ExecutionOptions()).Validate().WithoutVolumes();
        Check(times, opens, closes, targets, options);
        double[] rows = targets.ToArray();
        var market = new BacktestMarket([.. times], [name], [opens.ToArray()], [closes.ToArray()]);
        PortfolioBacktestResult result = BacktestEngine.Run(
            name, market, [.. rows.Select(target => (double[])[target])], new() { Execution = options }, []);
        return result.Account;
    }

    /// <summary>
    /// Asks the strategy at each close, through a view that ends there, and backtests what it decides on the panel's
    /// opens and closes.
    /// </summary>
    /// <param name="panel">Prices; adjusted ones where the asset pays dividends or splits.</param>
    /// <param name="asset">The asset to trade.</param>
    /// <param name="strategy">Decides the targets; before its warm-up it is not asked and the target is 0.</param>
    /// <param name="options">Costs and how targets become trades.</param>
    /// <param name="start">The first row at whose close a target is decided; the strategy sees the rows before
    /// it.</param>
    /// <param name="end">One past the last row whose prices are used.</param>
    /// <param name="openField">The field traded at.</param>
    /// <param name="closeField">The field marked at.</param>
    /// <exception cref="ArgumentException">As the other overload's, or a target that is not a number.</exception>
    public static BacktestResult Run(
        Panel panel,
        string asset,
        IStrategy strategy,
        ExecutionOptions? options = null,
        int start = 0,
        int? end = null,
        string openField = "open",
        string closeField = "close")
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(strategy);
        int stop = end ?? panel.Length;
        Require.InRange(stop, 0, panel.Length, nameof(end));
        Require.InRange(start, 0, Math.Max(0, stop - 2), nameof(start));
        int index = panel.AssetIndex(asset);
        double[] targets = Targets(panel, index, strategy, start, stop);
        Range rows = start..stop;
        return Run(
            [.. panel.Times.Skip(start).Take(stop - start)],
            panel.Column(asset, openField)[rows],
            panel.Column(asset, closeField)[rows],
            targets,
            options,
            strategy.Name);
    }

    /// <summary>What the strategy decides at each close of rows start .. end - 1, each through its own view.</summary>
    public static double[] Targets(Panel panel, int asset, IStrategy strategy, int start, int end)
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(strategy);
        double[] targets = new double[end - start];
        double previous = 0;
        for (int t = start; t < end; t++)
        {
            if (t >= strategy.WarmUp)
                previous = strategy.Decide(new PointInTimeView(panel, t), asset, previous);
            Require.Finite(previous, $"The target of {strategy.Name} at row {t}");
            targets[t - start] = previous;
        }

        return targets;
    }

    private static void Check(
        IReadOnlyList<DateTime> times,
        ReadOnlySpan<double> opens,
        ReadOnlySpan<double> closes,
        ReadOnlySpan<double> targets,
        ExecutionOptions options)
    {
        ArgumentNullException.ThrowIfNull(times);
        if (opens.Length < 2)
            throw new ArgumentException(
                $"A backtest needs at least 2 bars, to decide and to trade; there are {opens.Length}.", nameof(opens));
        Require.SameLength(closes.Length, opens.Length, nameof(closes), nameof(opens));
        Require.SameLength(targets.Length, opens.Length, nameof(targets), nameof(opens));
        Require.SameLength(times.Count, opens.Length, nameof(times), nameof(opens));
        for (int t = 1; t < times.Count; t++)
        {
            if (times[t] <= times[t - 1])
                throw new ArgumentException(
                    $"times[{t}] ({times[t]:s}) does not come after {times[t - 1]:s}.", nameof(times));
        }

        Require.Prices(opens, 1, opens.Length, nameof(opens)); // the first open is never traded at
        Require.Prices(closes, 1, closes.Length, nameof(closes)); // and an account starts flat at the first close
        for (int t = 0; t < targets.Length - 1; t++)
            Require.InRange(targets[t], -options.MaximumLeverage, options.MaximumLeverage, $"targets[{t}]");
    }
}
