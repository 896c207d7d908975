using FinML.Figures;

namespace FinML.Evaluation;

/// <summary>The tables of a report on one strategy.</summary>
public static class EvidenceTables
{
    /// <summary>Gross beside net, and the benchmark: what was earned and what it is evidence for.</summary>
    public static Table Summary(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        BaselineRow? market = report.Input.Benchmark is null ? null : report.Baselines[0];
        var table = Table.Create("What was earned").Column("");
        if (report.Gross is not null)
            table = table.Column("before costs", alignment: Alignment.Right);
        table = table.Column(report.Gross is null ? report.Input.Name : "after costs", alignment: Alignment.Right);
        if (market is not null)
            table = table.Column(market.Name, alignment: Alignment.Right);
        Add("return a year, compounded", p => CellFormat.Percent(1).Write(p.AnnualisedReturn));
        Add("volatility a year", p => CellFormat.Percent(1).Write(p.AnnualisedVolatility));
        Row(
            "Sharpe ratio a "
            + "year", Interval(report.GrossSharpe), Interval(report.Sharpe?.Annual), Ratio(market?.Sharpe));
        if (report.Sharpe is { Correlated: true } correlated)
            Row("the same by Lo's eta", CellFormat.Missing, Ratio(correlated.AnnualByLo), CellFormat.Missing);
        Add("Sortino ratio a year", p => Ratio(p.SortinoRatio));
        Add("Calmar ratio", p => Ratio(p.CalmarRatio));
        Add("Omega ratio, of periods", p => Ratio(p.OmegaRatio));
        Add("deepest drawdown", p => CellFormat.Percent(1).Write(-p.MaximumDrawdown.Depth));
        Add("its periods under water", p => CellFormat.Integer.Write(p.MaximumDrawdown.Duration));
        Add("mean of the worst 5% of periods", p => CellFormat.Percent(2).Write(-p.ConditionalValueAtRisk));
        Add("periods above 0", p => CellFormat.Percent(0).Write(p.HitRate));
        Add("total return", p => CellFormat.Percent(1).Write(p.TotalReturn));
        return table.Footnote(Say.Of(
            $"Interval: stationary bootstrap, {report.Options.Bootstrap.Replicates} resamples, automatic block "
            + $"length, level {report.Options.Bootstrap.Level:0.##}, seed {report.Options.Bootstrap.Seed}; ddof 1; "
            + $"riskless rate {report.Options.RiskFreePerPeriod * report.Options.PeriodsPerYear:0.##%} a year."));

        void Add(string name, Func<Statistics.PerformanceSummary, string> write) => Row(
            name,
            report.Gross is null ? CellFormat.Missing : write(report.Gross),
            write(report.Net),
            market is null ? CellFormat.Missing : write(market.Performance));

        void Row(string name, string gross, string net, string benchmark)
        {
            List<object?> cells = [name];
            if (report.Gross is not null)
                cells.Add(gross);
            cells.Add(net);
            if (market is not null)
                cells.Add(benchmark);
            table = table.Row([.. cells]);
        }
    }

    /// <summary>The benchmark and the baselines, and the strategy against each.</summary>
    public static Table? Baselines(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Baselines.Count == 0)
            return null;
        var table = Table.Create("Against rules fixed beforehand").Column("rule")
            .Column("return", CellFormat.Percent(), group: "the rule, a year")
            .Column("volatility", CellFormat.Percent(), group: "the rule, a year")
            .Column("Sharpe", CellFormat.Fixed(), group: "the rule, a year")
            .Column("Sharpe ratio less the rule's", CellFormat.Fixed())
            .Column("p", CellFormat.PValue()).Column("p, Holm", CellFormat.PValue());
        foreach (BaselineRow row in report.Baselines)
        {
            table = table.Row(
                row.Name, row.Performance.AnnualisedReturn, row.Performance.AnnualisedVolatility, row.Sharpe,
                row.Difference is { } d ? new Estimate(d.Difference, d.Lower, d.Upper) : null,
                row.Difference?.PValue, row.AdjustedPValue);
        }

        double error = report.Baselines.Max(row => row.Difference?.MonteCarloError ?? 0);
        return table.Footnote(Say.Of(
            $"Two-sided, on paired resamples; Monte Carlo error of p at most {error:0.0000}. Holm: the chance of one "
            + $"false claim or more over the rules is below the level."));
    }

    /// <summary>The cost curve in numbers, and the delays where they are known.</summary>
    public static Table Costs(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        bool yearly = report.Costs.Kind == CostCurveKind.PerYear;
        var table = Table.Create(yearly ? "Extra costs a year" : "Costs")
            .Column(yearly ? "of equity" : "times", yearly ? CellFormat.Percent(2) : CellFormat.Fixed(1))
            .Column("Sharpe ratio", CellFormat.Fixed()).Column("return a year", CellFormat.Percent());
        foreach (CostPoint point in report.Costs.Points)
            table = table.Row(point.Level, point.Sharpe, point.AnnualReturn);
        return table;
    }

    /// <summary>The delays; null where the strategy cannot be run again.</summary>
    public static Table? Delays(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Delays is null)
            return null;
        var table = Table.Create("Decisions carried out later").Column("bars", CellFormat.Integer)
            .Column("Sharpe ratio", CellFormat.Fixed()).Column("return a year", CellFormat.Percent());
        foreach (CostPoint point in report.Delays)
            table = table.Row(point.Level, point.Sharpe, point.AnnualReturn);
        return table;
    }

    /// <summary>The deepest falls.</summary>
    public static Table Drawdowns(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var table = Table.Create("Deepest drawdowns after costs").Column("depth", CellFormat.Percent())
            .Column("peak").Column("trough").Column("recovered")
            .Column("to the trough", CellFormat.Integer, group: "periods")
            .Column("under water", CellFormat.Integer, group: "periods");
        foreach (DrawdownRow row in report.Drawdowns)
        {
            table = table.Row(
                -row.Depth, Day(report, row.Peak), Day(report, row.Trough),
                row.Recovery is { } time ? Day(report, time) : "not yet", row.ToTrough, row.Length);
        }

        return table;
    }

    /// <summary>Named crises; null where the record covers none.</summary>
    public static Table? Crises(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Crises.Count == 0)
            return null;
        bool market = report.Input.Benchmark is not null;
        var table = Table.Create("Named crises").Column("crisis").Column("from close of").Column("to close of")
            .Column("return", CellFormat.Percent()).Column("drawdown", CellFormat.Percent());
        if (market)
            table = table.Column(report.Input.Benchmark!.Name, CellFormat.Percent());
        table = table.Column("the index then", CellFormat.Percent()).Column("index");
        foreach (CrisisRow row in report.Crises)
        {
            List<object?> cells =
            [
                row.Crisis.Name, Say.Of($"{row.Crisis.From:yyyy-MM-dd}"), Say.Of($"{row.Crisis.To:yyyy-MM-dd}"),
                row.Return, -row.Drawdown,
            ];
            if (market)
                cells.Add(row.BenchmarkReturn);
            table = table.Row([.. cells, row.Crisis.IndexReturn, row.Crisis.Index]);
        }

        return table.Footnote(
            "From the highest to the lowest close of the index; September 11, the quant quake and the flash crash by "
            + "their days. See: "
            + string.Join("; ", report.Crises.Select(row => $"{row.Crisis.Name}: {row.Crisis.Source}")) + ".");
    }

    /// <summary>States of the market; null for a short record.</summary>
    public static Table? Regimes(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Regimes is not { } regimes)
            return null;
        bool market = report.Input.Benchmark is not null;
        var table = Table.Create($"By the state of {regimes.Market}").Column("").Column("state")
            .Column("periods", CellFormat.Integer).Column("share", CellFormat.Percent(0))
            .Column("return", CellFormat.Percent(), group: "a year")
            .Column("volatility", CellFormat.Percent(), group: "a year")
            .Column("Sharpe [1 standard error]", CellFormat.Fixed(), group: "a year");
        if (market)
            table = table.Column("benchmark's Sharpe", CellFormat.Fixed(), group: "a year");
        foreach (RegimeRow row in regimes.Rows)
        {
            List<object?> cells =
            [
                row.Kind, row.State, row.Periods, row.Share, row.AnnualReturn, row.Volatility,
                row is { Sharpe: { } s, SharpeError: { } e } ? new Estimate(s, s - e, s + e) : null,
            ];
            if (market)
                cells.Add(row.BenchmarkSharpe);
            table = table.Row([.. cells]);
        }

        return table.Footnote(
            $"Known when each period began: the volatility of the {regimes.VolatilityWindow} and the return of the "
            + $"{regimes.TrendWindow} periods before it, by the terciles of all such windows up to then.");
    }

    /// <summary>Years; null where periods are longer than a month.</summary>
    public static Table? Years(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Calendar.Count == 0)
            return null;
        bool market = report.Input.Benchmark is not null;
        var table = Table.Create("Returns by year").Column("year").Column("return", CellFormat.Percent());
        if (market)
            table = table.Column(report.Input.Benchmark!.Name, CellFormat.Percent());
        foreach (CalendarYear year in report.Calendar)
        {
            string name = Say.Of($"{year.Year}{(year.Months.Any(m => m is null) ? " (part)" : "")}");
            table = market ? table.Row(name, year.Total, year.Benchmark) : table.Row(name, year.Total);
        }

        return table;
    }

    /// <summary>Moments, quantiles and tails.</summary>
    public static Table Distribution(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        ReturnDistribution d = report.Distribution;
        var table = Table.Create("The distribution, a period").Column("").Column("value", alignment: Alignment.Right)
            .Row("mean", CellFormat.Percent(3).Write(d.Mean))
            .Row("standard deviation", CellFormat.Percent(2).Write(d.StandardDeviation))
            .Row("skewness", Ratio(d.Skewness))
            .Row("excess kurtosis (0 for normal)", Ratio(d.Kurtosis?.Value));
        foreach ((double probability, double value) in d.Quantiles)
            table = table.Row(Say.Of($"{probability:0%} quantile"), CellFormat.Percent(2).Write(value));
        return table
            .Row("mean of the worst 5%", CellFormat.Percent(2).Write(-d.ConditionalValueAtRisk5))
            .Row("mean of the worst 1%", CellFormat.Percent(2).Write(-d.ConditionalValueAtRisk1))
            .Row("1% quantile if normal", CellFormat.Percent(2).Write(-d.NormalValueAtRisk1));
    }

    /// <summary>The five worst and the five best periods.</summary>
    public static Table Extremes(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        ReturnDistribution d = report.Distribution;
        var table = Table.Create("Worst and best periods")
            .Column("ends", group: "worst").Column("return", CellFormat.Percent(2), group: "worst")
            .Column("ends", group: "best").Column("return", CellFormat.Percent(2), group: "best");
        for (int i = 0; i < d.Worst.Count; i++)
        {
            table = table.Row(
                Day(report, d.Worst[i].Time), d.Worst[i].Value, Day(report, d.Best[i].Time), d.Best[i].Value);
        }

        return table;
    }

    /// <summary>Weights, turnover and trades; null where only returns are known.</summary>
    public static Table? Trading(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Exposure is not { } held)
            return null;
        var table = Table.Create("Exposure and trades").Column("").Column("value", alignment: Alignment.Right)
            .Row("mean weight", Ratio(held.Mean))
            .Row("mean weight without its sign", Ratio(held.MeanAbsolute))
            .Row("largest weight without its sign", Ratio(held.Largest))
            .Row("periods long", CellFormat.Percent(0).Write(held.Long))
            .Row("periods short", CellFormat.Percent(0).Write(held.Short))
            .Row("turnover a year", CellFormat.Fixed(1).Write(held.TurnoverPerYear))
            .Row("costs a year", CellFormat.Percent(2).Write(held.CostPerYear));
        if (report.Trades is not { } trades)
            return table.Footnote("No trade was closed.");
        return table
            .Row("closed trades (long)", Say.Of($"{trades.Count} ({trades.Long})"))
            .Row("hit rate", CellFormat.Percent(0).Write(trades.HitRate))
            .Row("mean return of a trade", CellFormat.Percent(2).Write(trades.MeanReturn))
            .Row("payoff: mean gain over mean loss", Ratio(trades.Payoff))
            .Row("profit factor", Ratio(trades.ProfitFactor))
            .Row("mean holding time, periods", CellFormat.Fixed(1).Write(trades.MeanPeriods))
            .Row("best, worst trade", Say.Of($"{trades.Best:0.0%}, {trades.Worst:0.0%}"))
            .Row("longest row of losers", CellFormat.Integer.Write(trades.LongestLosingRow))
            .Footnote(Say.Of(
                $"Trades after commission and slippage, on the notional put into them, without borrow and interest; "
                + $"{trades.StillOpen} still open at the end {(trades.StillOpen == 1 ? "is" : "are")} left out."));
    }

    /// <summary>The strategies that the choice was among, best first, at most thirty; null for one.</summary>
    public static Table? Selection(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Selection is not { } selection)
            return null;
        var table = Table.Create($"The choice among {selection.Count}").Column("strategy")
            .Column("Sharpe ratio", CellFormat.Fixed())
            .Column($"beats {selection.Against}, p", CellFormat.PValue())
            .Column("may be the best");
        var rows = report.Input.Strategies
            .Select((s, i) => (s.Name, Sharpe: SharpeInference.Annualised(s.Values.ToArray(), report.Options), i))
            .OrderByDescending(s => s.Sharpe ?? double.NegativeInfinity).ToList();
        foreach (var (name, sharpe, index) in rows.Take(30))
        {
            table = table.Row(
                name, sharpe, selection.Stepwise?.Models[index].PValue,
                selection.ConfidenceSet is { } set ? set.Contains(name) ? "yes" : "no" : null);
        }

        if (rows.Count > 30)
            table = table.Footnote($"{rows.Count - 30} more are not shown; the JSON has all.");
        return table.Footnote(
            "p: Romano and Wolf's StepM, adjusted for the number of strategies. May be the best: in the model "
            + "confidence set of Hansen, Lunde and Nason, on mean returns.");
    }

    internal static string Ratio(double? value) =>
        value is { } number ? CellFormat.Fixed().Write(number) : CellFormat.Missing;

    private static string Interval(SharpeInterval? interval) => interval is { } i
        ? Say.Of($"{i.Estimate:0.00} [{i.Lower:0.00}, {i.Upper:0.00}]")
        : CellFormat.Missing;

    private static string Day(EvidenceReport report, DateTime time)
    {
        if (!report.Input.Dated)
        {
            int index = report.Input.Times.ToList().IndexOf(time);
            return Say.Of($"{index + 1}");
        }

        return time.TimeOfDay == TimeSpan.Zero ? Say.Of($"{time:yyyy-MM-dd}") : Say.Of($"{time:yyyy-MM-dd HH:mm}");
    }
}
