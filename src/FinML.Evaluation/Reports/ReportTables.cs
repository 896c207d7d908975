using System.Globalization;
using FinML.Figures;

namespace FinML.Evaluation;

/// <summary>The tables of a report.</summary>
public static class ReportTables
{
    /// <summary>What every strategy earned, gross beside net, and what it cost.</summary>
    public static Table Performance(BacktestReport report)
    {
        var table = Table.Create("What was earned")
            .Column("strategy")
            .Column("gross return", CellFormat.Percent(), group: "a year")
            .Column("net return", CellFormat.Percent(), group: "a year")
            .Column("volatility", CellFormat.Percent(), group: "a year")
            .Column("turnover", CellFormat.Fixed(1), group: "a year")
            .Column("costs", CellFormat.Percent(2), group: "a year")
            .Column("max drawdown", CellFormat.Percent())
            .Column("under water", CellFormat.Integer)
            .Column("CVaR 5%", CellFormat.Percent(2))
            .Column("mean weight", CellFormat.Fixed(2));
        foreach (var row in report.Rows)
        {
            table = table.Row(
                row.Name,
                row.Gross.AnnualisedReturn,
                row.Net.AnnualisedReturn,
                row.Net.AnnualisedVolatility,
                row.TurnoverPerYear,
                row.CostPerYear,
                -row.Net.MaximumDrawdown.Depth,
                row.Net.MaximumDrawdown.Duration,
                -row.Net.ConditionalValueAtRisk,
                row.MeanPosition);
        }

        return table.Footnote(string.Create(CultureInfo.InvariantCulture,
            $"{report.Benchmark.Backtest.Length} days; net: after costs; under water: days from the peak of the "
            + $"deepest drawdown until it was reached again, or to the end; CVaR: mean of the worst 5% of days."));
    }

    /// <summary>What the evidence is: Sharpe ratios with intervals, PSR, DSR, the paired test.</summary>
    public static Table Evidence(BacktestReport report)
    {
        string sharpe = string.Create(CultureInfo.InvariantCulture,
            $"Sharpe ratio a year [{100 * report.Options.Bootstrap.Level:0.#}%]");
        var table = Table.Create("What it is evidence for")
            .Column("strategy")
            .Column("counted as")
            .Column("gross", CellFormat.Fixed(), group: sharpe)
            .Column("net", CellFormat.Fixed(), group: sharpe)
            .Column("PSR", CellFormat.Fixed(3))
            .Column("DSR", CellFormat.Fixed(3))
            .Column("less benchmark", CellFormat.Fixed())
            .Column("p", CellFormat.PValue());
        foreach (var row in report.Rows)
        {
            table = table.Row(
                row.Name,
                row == report.Benchmark ? "benchmark" : row.Kind.ToString().ToLowerInvariant(),
                Cell(row.GrossSharpe),
                Cell(row.NetSharpe),
                row.Probabilistic?.Probability,
                row.Deflated?.Probability,
                row.AgainstBenchmark is { } c ? new Estimate(c.Difference, c.Lower, c.Upper) : null,
                row.AgainstBenchmark?.PValue);
        }

        var bootstrap = report.Options.Bootstrap;
        double largestError = report.Rows.Max(row => row.AgainstBenchmark?.MonteCarloError ?? 0);
        return table
            .Footnote(string.Create(CultureInfo.InvariantCulture,
                $"Intervals and p: stationary bootstrap, {bootstrap.Replicates} resamples, seed {bootstrap.Seed}, "
                + $"automatic block length; p is two-sided, its Monte Carlo error at most {largestError:0.0000}."))
            .Footnote(string.Create(CultureInfo.InvariantCulture,
                $"PSR: probability that the true net Sharpe ratio is above 0. DSR: that it is above what the "
                + $"best of the ledger's {report.Trials} trials shows by luck."));
    }

    private static Estimate? Cell(SharpeInterval? interval) =>
        interval is null ? null : new Estimate(interval.Estimate, interval.Lower, interval.Upper);
}
