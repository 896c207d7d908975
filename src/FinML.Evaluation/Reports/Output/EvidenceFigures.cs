using FinML.Figures;
using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>The pictures of a report on one strategy.</summary>
public static class EvidenceFigures
{
    /// <summary>Growth of 1 on a log axis over the losses from the peak, crises shaded.</summary>
    public static Figure Equity(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        EvidenceInput input = report.Input;
        DateTime[] times = [report.Start, .. input.Times];
        var figure = Figure.Create("Equity and drawdown after costs")
            .Row(1.7).YAxis("growth of 1", log: Positive(input.NetReturns) && Positive(input.Benchmark?.Values));
        string own = Palette.Colors[0], theirs = Palette.Colors[1];
        figure = figure.Line(Axis(input, times), Wealth(input.NetReturns), input.Name, own);
        if (report.Gross is not null)
            figure = figure.Line(
                Axis(input, times), Wealth(input.Backtest!.GrossReturns), "before costs", own, LineDash.Dot, 1.1);
        if (input.Benchmark is { } benchmark)
            figure = figure.Line(
                Axis(input, times), Wealth(benchmark.Values), benchmark.Name, theirs, LineDash.Solid, 1.2);
        figure = figure.Row(1).YAxis("from the peak", AxisFormat.Percent)
            .Area(Axis(input, times), Losses(input.NetReturns), input.Name, own);
        if (input.Benchmark is { } market)
            figure = figure.Line(
                Axis(input, times), Losses(market.Values), market.Name, theirs, LineDash.Solid, 1);
        if (input.Dated)
        {
            foreach (CrisisRow row in report.Crises.Where(c => c.Crisis.To.DayNumber - c.Crisis.From.DayNumber >= 30))
                figure = figure.Shade(Noon(row.Crisis.From), Noon(row.Crisis.To));
        }

        return figure.Size(width: 960, height: 480).Legend(LegendPosition.Top);
    }

    /// <summary>Sharpe ratio, volatility and, with a benchmark, beta over sliding windows; null for a short record.
    /// </summary>
    public static Figure? Rolling(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Rolling is not { } rolling || !rolling.Sharpe.Any(double.IsFinite))
            return null;
        DateTime[] times = [.. rolling.Times];
        var figure = Figure.Create($"Windows of {rolling.Window} periods")
            .Row(1.3).Line(Axis(report.Input, times), rolling.Sharpe, "Sharpe ratio").YAxis("Sharpe ratio")
            .HorizontalLine(0);
        if (report.Sharpe is { } sharpe)
            figure = figure.HorizontalLine(sharpe.Annual.Estimate, "whole record", LineDash.Dot);
        figure = figure.Row(1).Line(Axis(report.Input, times), rolling.Volatility, "volatility")
            .YAxis("volatility", AxisFormat.Percent, minimum: 0);
        if (rolling.Beta is { } beta && beta.Any(double.IsFinite))
            figure = figure.Row(1).Line(Axis(report.Input, times), beta, "beta", dash: LineDash.Solid).YAxis(
                "beta").HorizontalLine(1);
        return figure.Legend(LegendPosition.None).Size(width: 960, height: rolling.Beta is null ? 360 : 500);
    }

    /// <summary>Sharpe ratio and return as costs grow.</summary>
    public static Figure? CostCurve(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        CostCurve costs = report.Costs;
        CostPoint[] points = [.. costs.Points.Where(p => p.Sharpe is not null)];
        if (points.Length < 2)
            return null;
        bool yearly = costs.Kind == CostCurveKind.PerYear;
        var figure = Figure.Create("As costs grow")
            .Row(1).Line(points.Select(p => p.Level), points.Select(p => p.Sharpe!.Value), "Sharpe ratio")
            .Scatter(points.Select(p => p.Level), points.Select(p => p.Sharpe!.Value), "Sharpe ratio", size: 6)
            .YAxis("Sharpe ratio").HorizontalLine(0);
        if (!yearly)
            figure = figure.VerticalLine(1.0, "as reported");
        if (costs.BreakEven is { } even)
            figure = figure.VerticalLine(even, "break-even", LineDash.Dot);
        return figure
            .Row(1).Line(points.Select(p => p.Level), points.Select(p => p.AnnualReturn), "return")
            .Scatter(points.Select(p => p.Level), points.Select(p => p.AnnualReturn), "return", size: 6)
            .YAxis("return a year", AxisFormat.Percent).HorizontalLine(0)
            .XAxis(yearly ? "extra costs a year, of equity" : "multiple of the costs",
                yearly ? AxisFormat.Percent : AxisFormat.Number)
            .Legend(LegendPosition.None).Size(width: 620, height: 400);
    }

    /// <summary>Months by year; null where periods are longer than a month.</summary>
    public static Figure? Months(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Calendar.Count == 0)
            return null;
        string[] months =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        var values = new double[report.Calendar.Count, 12];
        for (int y = 0; y < report.Calendar.Count; y++)
        {
            for (int m = 0; m < 12; m++)
                values[y, m] = report.Calendar[y].Months[m] ?? double.NaN;
        }

        return Figure.Create("Returns by month")
            .Heatmap(
                months,
                report.Calendar.Select(year => year.Year.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                values, ColorScale.Diverging, "return", showValues: true, format: AxisFormat.Percent)
            .Size(width: 760, height: Math.Clamp(120 + 21 * report.Calendar.Count, 200, 2000));
    }

    /// <summary>How often returns fall where, over the normal density of their mean and spread. Periods out of the
    /// market, with a return of exactly 0, are left out where they are many, and said.</summary>
    public static Figure? Distribution(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        double[] all = [.. report.Input.NetReturns], moving = [.. all.Where(r => r != 0)];
        double idle = 1 - (double)moving.Length / all.Length;
        if (idle <= 0.05)
            moving = all;
        if (moving.Length < 10 || Moments.Of(moving) is not { IsConstant: false } moments)
            return null;
        // Beyond six deviations a bin is not seen: those returns are in the table of the worst and the best.
        double deviation = moments.StandardDeviation();
        double[] shown = [.. moving.Where(r => Math.Abs(r - moments.Mean) <= 6 * deviation)];
        double from = shown.Min(), to = shown.Max();
        double[] grid = [.. Enumerable.Range(0, 161).Select(i => from + (to - from) * i / 160)];
        var figure = Figure.Create("Distribution of the returns")
            .Histogram(shown, bins: Math.Clamp(shown.Length / 25, 12, 60), density: true, name: report.Input.Name)
            .Line(grid, grid.Select(x => StandardNormal.Density((x - moments.Mean) / deviation) / deviation), "normal")
            .VerticalLine(-report.Net.ValueAtRisk, "worst 5%")
            .XAxis("return a period", AxisFormat.Percent).YAxis("density").Size(width: 620, height: 400);
        return idle > 0.05
            ? figure.WithCaption(Say.Of($"Without the {idle:0%} of periods whose return is exactly 0."))
            : figure;
    }

    /// <summary>Sharpe ratio by the state of the market, one standard error to each side; null for a short record.
    /// </summary>
    public static Figure? Regimes(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        RegimeRow[] rows = [.. report.Regimes?.Rows.Where(r => r.Sharpe is not null) ?? []];
        if (rows.Length == 0)
            return null;
        string[] labels = [.. rows.Select(r => r.State == "middle" ? $"middle ({r.Kind})" : r.State)];
        var figure = Figure.Create("Sharpe ratio by the state of the market")
            .Bar(labels, rows.Select(r => r.Sharpe!.Value), report.Input.Name,
                lower: rows.Select(r => r.Sharpe!.Value - r.SharpeError!.Value),
                upper: rows.Select(r => r.Sharpe!.Value + r.SharpeError!.Value));
        if (report.Input.Benchmark is { } benchmark && rows.All(r => r.BenchmarkSharpe is not null))
            figure = figure.Bar(labels, rows.Select(r => r.BenchmarkSharpe!.Value), benchmark.Name);
        return figure.YAxis("Sharpe ratio a year").Size(width: 960, height: 320);
    }

    /// <summary>The Sharpe ratios of the paths; null without.</summary>
    public static Figure? Paths(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Paths is not { } paths)
            return null;
        var figure = Figure.Create($"Sharpe ratios of {paths.Sharpe.Count} paths");
        figure = paths.Sharpe.Count >= 20
            ? figure.Histogram(paths.Sharpe, name: "paths").YAxis("paths")
            : figure.Scatter(paths.Sharpe, Enumerable.Range(1, paths.Sharpe.Count).Select(i => (double)i), "paths",
                size: 7).YAxis("path, by its Sharpe ratio");
        if (report.Sharpe is { } sharpe)
            figure = figure.VerticalLine(sharpe.Annual.Estimate, "reported");
        return figure.VerticalLine(0.0, "0", LineDash.Dot).XAxis("Sharpe ratio a year")
            .Legend(LegendPosition.None).Size(width: 960, height: 300);
    }

    private static IEnumerable<object> Axis(EvidenceInput input, DateTime[] times) => input.Dated
        ? times.Select(time => (object)time)
        : Enumerable.Range(input.Times.Count - times.Length + 1, times.Length).Select(i => (object)i);

    private static bool Positive(IReadOnlyList<double>? returns) => returns is null || returns.All(r => r > -1);

    private static DateTime Noon(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    private static double[] Wealth(IReadOnlyList<double> returns) =>
        ReturnSeries.Simple([.. returns], 1).Wealth();

    private static IEnumerable<double> Losses(IReadOnlyList<double> returns) =>
        Drawdown.Underwater(ReturnSeries.Simple([.. returns], 1)).Select(loss => -loss);
}
