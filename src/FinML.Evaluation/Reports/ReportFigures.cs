using FinML.Data;
using FinML.Figures;
using FinML.Markets;
using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>The pictures of a report.</summary>
public static class ReportFigures
{
    /// <summary>Equity after costs of the named strategies, on a log axis, from 1.</summary>
    public static Figure Equity(BacktestReport report, params string[] strategies)
    {
        var figure = Figure.Create("Equity after costs").YAxis("growth of 1", log: true);
        foreach (var row in Select(report, strategies))
            figure = figure.Line(Points(row.Backtest), row.Backtest.NetEquity.Prepend(1), row.Name);
        return figure.Size(height: 380);
    }

    /// <summary>Loss from the running maximum of the named strategies, after costs.</summary>
    public static Figure Drawdowns(BacktestReport report, params string[] strategies)
    {
        var figure = Figure.Create("Drawdown after costs").YAxis("from the peak", AxisFormat.Percent);
        foreach (var row in Select(report, strategies))
        {
            var returns = ReturnSeries.Simple(row.Backtest.NetReturns.ToArray(), report.Options.PeriodsPerYear);
            figure = figure.Line(
                Points(row.Backtest), Drawdown.Underwater(returns).Select(loss => -loss), row.Name);
        }

        return figure.Size(height: 300);
    }

    /// <summary>The price above the position that a strategy held, over the backtest's span.</summary>
    public static Figure PriceAndPosition(Panel panel, string asset, BacktestResult result)
    {
        ReadOnlySpan<double> close = panel.Column(asset, "close");
        var dates = new List<DateTime>();
        var prices = new List<double>();
        for (int t = 0; t < panel.Length; t++)
        {
            if (panel.Times[t] < result.DecisionTimes[0] || panel.Times[t] > result.Times[^1])
                continue;
            dates.Add(panel.Times[t]);
            prices.Add(close[t]);
        }

        return Figure.Create($"{asset} and the position of {result.Name}")
            .Row(3).Line(dates, prices, asset).YAxis("close", log: true)
            .Row(1).Step(result.Times, result.Positions, "position").YAxis("weight", minimum: -1.05, maximum: 1.05)
            .HorizontalLine(0)
            .Size(height: 420);
    }

    private static IEnumerable<StrategyPerformance> Select(BacktestReport report, string[] strategies) =>
        strategies.Length == 0 ? report.Rows : strategies.Select(name => report[name]);

    private static IEnumerable<DateTime> Points(BacktestResult result) => result.Times.Prepend(result.DecisionTimes[0]);
}
