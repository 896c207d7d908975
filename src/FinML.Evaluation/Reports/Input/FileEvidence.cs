using FinML.Data;
using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>The input of a report from files of returns: which strategy, against what, out of how many.</summary>
public sealed record FileEvidence
{
    /// <summary>The strategies.</summary>
    public required ReturnsFile Strategies { get; init; }

    /// <summary>The benchmark, its first column unless <see cref="BenchmarkColumn"/> says another; null for none.
    /// </summary>
    public ReturnsFile? Benchmark { get; init; }

    /// <summary>A column of the benchmark's file.</summary>
    public string? BenchmarkColumn { get; init; }

    /// <summary>The column that the report is on; null: the one with the highest Sharpe ratio, which is what a search
    /// ends with.</summary>
    public string? Strategy { get; init; }

    /// <summary>How many were tried in all; null where nobody says.</summary>
    public int? Trials { get; init; }

    /// <summary>Periods in a year; null: those of the files.</summary>
    public double? PeriodsPerYear { get; init; }

    /// <summary>Riskless return a year, as a fraction.</summary>
    public double RiskFreePerYear { get; init; }

    /// <summary>Replicates, level and seed.</summary>
    public BootstrapOptions Bootstrap { get; init; } = new();

    /// <summary>Makes the report.</summary>
    /// <exception cref="DataException">The files do not fit together, or a column is not there.</exception>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public EvidenceReport Report()
    {
        if (Trials is < 1)
            throw new ArgumentException($"The number of trials is {Trials}; it must be 1 or more.");
        if (!(RiskFreePerYear > -0.5 && RiskFreePerYear < 1))
            throw new ArgumentException(
                $"The riskless rate is {RiskFreePerYear:R} a year; it must lie between -0.5 and 1, as a fraction (0.02 "
                + "is two per cent).");
        List<string> notes = [.. Strategies.Notes];
        IReadOnlyList<DateTime> times = Strategies.Times;
        IReadOnlyList<NamedReturns> series = Strategies.Series;
        double periods = PeriodsPerYear ?? Strategies.PeriodsPerYear;
        NamedReturns? benchmark = null;
        if (Benchmark is not null)
        {
            notes.AddRange(Benchmark.Notes.Where(note => !notes.Contains(note)));
            var aligned = ReturnAlignment.Of(Strategies, Benchmark, Column(Benchmark, BenchmarkColumn));
            bool sparser = aligned.Times.Count < 0.7 * times.Count && PeriodsPerYear is null;
            (times, series, benchmark) = (aligned.Times, aligned.Series, aligned.Benchmark);
            if (Benchmark.Name != Strategies.Name)
                notes.Add(aligned.Note);
            if (sparser && ReturnFrequency.Of(times) is { } frequency && frequency.PeriodsPerYear != periods)
            {
                periods = frequency.PeriodsPerYear;
                notes.Add(Say.Of($"The common dates come {periods:0.##} times a year ({frequency.Name})."));
            }

            if (series.FirstOrDefault(s => s.Name == benchmark.Name) is not null)
                benchmark = benchmark with { Name = $"{benchmark.Name} (benchmark)" };
        }

        var options = new BacktestReportOptions
        {
            PeriodsPerYear = periods,
            RiskFreePerPeriod = Math.Pow(1 + RiskFreePerYear, 1 / periods) - 1,
            Bootstrap = Bootstrap,
            MinimumReturns = (int)Math.Clamp(Math.Round(periods), 30, 252),
        };
        double[] sharpe =
            [.. series.Select(s => SharpeInference.Annualised(s.Values.ToArray(), options) ?? double.NegativeInfinity)];
        int chosen = Strategy is null ? Array.IndexOf(sharpe, sharpe.Max()) : IndexOf(series, Strategy);
        if (series.Count > 1)
            notes.Add($"{Strategies.Name} has {series.Count} strategies; the report is on '{series[chosen].Name}', "
                + (Strategy is null
                    ? "whose Sharpe ratio is the highest, as a search would have chosen it."
                    : "as asked."));
        return EvidenceReport.Of(
            new EvidenceInput
            {
                Name = series[chosen].Name,
                Times = times,
                NetReturns = series[chosen].Values,
                Benchmark = benchmark,
                Strategies = series.Count > 1 ? series : [],
                Trials = Count(series.Count, sharpe, times.Count, periods),
                Notes = notes,
            },
            options);
    }

    private TrialCount Count(int columns, double[] sharpe, int n, double periods)
    {
        if (columns == 1)
            return Trials is { } said
                ? new TrialCount(said, null, Say.Of(
                    $"{said} {(said == 1 ? "was" : "were")} said to have been tried; their Sharpe ratios are not known "
                    + $"and are taken to vary as those of {n} returns without skill."))
                : TrialCount.Assumed;

        // A few strategies that are much alike vary less than chance; then chance is what the best of them is held to.
        double variance = Math.Max(
            Moments.Of([.. sharpe.Where(double.IsFinite).Select(s => s / Math.Sqrt(periods))]).Variance(),
            1.0 / (n - 1));
        string source = Trials is { } all && all >= columns
            ? $"{all} were said to have been tried, of which {columns} are in the file."
            : Trials is { } few
                ? $"{few} were said to have been tried, but the file has {columns}: {columns} are counted."
                : $"the {columns} columns of the file are counted; if you tried more, say so (--trials).";
        return new TrialCount(Math.Max(columns, Trials ?? 0), variance, source);
    }

    private static NamedReturns Column(ReturnsFile file, string? name) =>
        file.Series[name is null ? 0 : IndexOf(file.Series, name)];

    private static int IndexOf(IReadOnlyList<NamedReturns> series, string name)
    {
        int index = series.ToList().FindIndex(s => s.Name == name);
        return index >= 0
            ? index
            : throw new DataException(
                $"There is no column '{name}'; there are {string.Join(", ", series.Take(20).Select(s => s.Name))}"
                + $"{(series.Count > 20 ? ", ..." : "")}.");
    }
}
