using System.Text.Json.Nodes;
using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>
/// Models x data sets x seeds through the whole protocol: purged folds, forecasts of rows that were not learned from,
/// gains after costs, every run in the ledger, intervals over time and seeds, and corrections over the family that was
/// declared before. The same bits for any number of threads.
/// </summary>
public static class RigorousEvaluation
{
    /// <summary>The t-statistic below which nothing is called a discovery, whatever its p-value: Harvey, Liu and Zhu
    /// (2016).</summary>
    public const double SmallestStatistic = 3;

    /// <summary>What a run is called in the declared family.</summary>
    public static string NameOf(string model, string set) => $"{model} @ {set}";

    /// <summary>Runs it.</summary>
    /// <param name="ledger">Every model x data set x seed is recorded here, with its gains.</param>
    /// <param name="models">Distinct names.</param>
    /// <param name="sets">Distinct names.</param>
    /// <param name="options">Split, seeds, gain, resamples.</param>
    /// <param name="progress">Fraction of the fits that is done.</param>
    /// <param name="cancellation">Stops between fits.</param>
    /// <exception cref="ArgumentException">A name is there twice, or a data set does not fit its labels or is too
    /// short.</exception>
    /// <exception cref="NonDeterminismException">A run is in the ledger with another result.</exception>
    public static EvaluationReport Run(
        TrialLedger ledger,
        IReadOnlyList<IEvaluatedModel> models,
        IReadOnlyList<EvaluationSet> sets,
        EvaluationOptions options,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(sets);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        RequireDistinct([.. models.Select(model => model.Name)], "model");
        RequireDistinct([.. sets.Select(set => set.Name)], "data set");
        foreach (EvaluationSet set in sets)
            set.Validate();

        var run = EvaluationRun.Of(models, sets, options, progress, cancellation);
        var entries = Record(ledger, models, sets, options, run);
        return Judge(ledger, models, sets, options, run, entries);
    }

    /// <summary>One after the other, so that the ledger has them in the same order whatever the threads did.</summary>
    private static TrialEntry[][][] Record(
        TrialLedger ledger, IReadOnlyList<IEvaluatedModel> models, IReadOnlyList<EvaluationSet> sets,
        EvaluationOptions options, EvaluationRun run)
    {
        return [.. models.Select((model, m) => sets.Select((set, s) => options.Seeds.Select((seed, i) =>
            Enter(model, set, seed, run.Gains[m][s][i], run.Times[s])).ToArray()).ToArray())];

        TrialEntry Enter(IEvaluatedModel model, EvaluationSet set, ulong seed, double[] gains, DateTime[] times)
        {
            Moments? moments = Varying(gains);
            return ledger.Record(
                new TrialRecord
                {
                    Experiment = options.Experiment,
                    Name = NameOf(model.Name, set.Name),
                    Registration = options.Registration?.Id,
                    Configuration = new JsonObject
                    {
                        ["model"] = JsonNode.Parse(CanonicalJson.Of(model.Configuration)),
                        ["split"] = options.Split.Name,
                        ["gain"] = options.Gain.Name,
                    }.ToJsonString(),
                    DataHash = set.DataHash,
                    CodeHash = CodeVersion.Hash,
                    Seed = seed,
                    PeriodsPerYear = set.PeriodsPerYear,
                    Count = gains.Length,
                    SharpePerPeriod = moments is null ? 0 : moments.Mean / moments.StandardDeviation(),
                    Skewness = moments?.Skewness ?? 0,
                    Kurtosis = moments?.Kurtosis ?? new RawKurtosis(3),
                },
                TrialReturns.Of(times, gains));
        }
    }

    private static EvaluationReport Judge(
        TrialLedger ledger, IReadOnlyList<IEvaluatedModel> models, IReadOnlyList<EvaluationSet> sets,
        EvaluationOptions options, EvaluationRun run, TrialEntry[][][] entries)
    {
        BootstrapOptions bootstrap = options.Bootstrap with { MaxThreads = options.Threads };
        TrialMultiplicity multiplicity = ledger.Multiplicity(options.Experiment);
        double variance = FrequencyIsOne(sets) ? multiplicity.SharpeVariance() : double.NaN;
        // What the ledger says now, not what the caller remembers: the registration may have been amended.
        string[] ran = [.. models.SelectMany(m => sets.Select(s => NameOf(m.Name, s.Name)))];
        IReadOnlyList<string> family = options.Registration is { } registration
            ? ledger.Registrations(options.Experiment).Last(entry => entry.Id == registration.Id).Registration.Family
            : ran;

        var drafts = new List<(int Model, int Set, string Name, SeedAveragedMean Mean, double[] Average)>();
        for (int m = 0; m < models.Count; m++)
        {
            for (int s = 0; s < sets.Count; s++)
            {
                var mean = SeedAveragedMean.Of(run.Gains[m][s], bootstrap, run.Horizons[s] + 1);
                drafts.Add((m, s, NameOf(models[m].Name, sets[s].Name), mean,
                    SeedAveragedMean.Average(run.Gains[m][s])));
            }
        }

        var declared = drafts.Where(draft => family.Contains(draft.Name, StringComparer.Ordinal)).ToList();
        var (holm, rate) = EvaluationFamily.Adjusted(
            [.. declared.Select(draft => draft.Mean.PValue)], family.Except(ran, StringComparer.Ordinal).Count());
        double shortestBlock = run.Horizons.Max() + 1;
        var stepwise = EvaluationFamily.Stepwise(
            [.. declared.Select(draft => (draft.Name, run.Times[draft.Set], draft.Average))], bootstrap, shortestBlock);
        var included = sets.SelectMany((_, s) => EvaluationFamily.ConfidenceSet(
            [.. drafts.Where(draft => draft.Set == s).Select(draft => (draft.Name, run.Times[s], draft.Average))],
            bootstrap, run.Horizons[s] + 1, options.Alpha)).ToHashSet(StringComparer.Ordinal);

        return new EvaluationReport
        {
            Rows = [.. drafts.Select(Row)],
            Family = family,
            NotRun = [.. family.Except(ran, StringComparer.Ordinal)],
            Registration = options.Registration,
            Options = options,
            Multiplicity = multiplicity,
            Years = sets.Select((set, s) => (set.Name, run.Times[s].Length / set.PeriodsPerYear)).ToList(),
        };

        EvaluationRow Row((int Model, int Set, string Name, SeedAveragedMean Mean, double[] Average) draft)
        {
            int at = declared.FindIndex(member => member.Name == draft.Name);
            EvaluationSet set = sets[draft.Set];
            Moments? moments = Varying(draft.Average);
            double error = draft.Mean.StandardError;
            return new EvaluationRow
            {
                Name = draft.Name,
                Model = models[draft.Model].Name,
                Set = set.Name,
                Mean = draft.Mean.Mean,
                StandardError = error,
                Lower = draft.Mean.Lower,
                Upper = draft.Mean.Upper,
                DegreesOfFreedom = draft.Mean.DegreesOfFreedom,
                SeedShare = error > 0 ? draft.Mean.SeedError * draft.Mean.SeedError / (error * error) : 0,
                SharpeBySeed = [.. run.Gains[draft.Model][draft.Set].Select(gains => Sharpe(Varying(gains), set))],
                Sharpe = Sharpe(moments, set),
                Declared = at >= 0,
                PValue = draft.Mean.PValue,
                Holm = at >= 0 ? holm[at] : double.NaN,
                FalseDiscoveryRate = at >= 0 ? rate[at] : double.NaN,
                Stepwise = at >= 0 ? stepwise[draft.Name] : double.NaN,
                InConfidenceSet = included.Contains(draft.Name),
                Deflated = moments is null || double.IsNaN(variance)
                    ? double.NaN
                    : DeflatedSharpeRatio.Of(
                        moments.Mean / moments.StandardDeviation(), multiplicity.Raw, variance, moments.Count,
                        moments.Skewness, moments.Kurtosis).Probability,
                Entries = entries[draft.Model][draft.Set],
            };
        }
    }

    private static bool FrequencyIsOne(IReadOnlyList<EvaluationSet> sets) =>
        sets.All(set => set.PeriodsPerYear == sets[0].PeriodsPerYear);

    /// <summary>Null where nothing varies: a model that never traded.</summary>
    private static Moments? Varying(double[] gains) =>
        Moments.Of(gains) is { IsConstant: false } moments ? moments : null;

    /// <summary>Mean over standard deviation a year; 0 where nothing varies. Of gains, which need not be
    /// returns.</summary>
    private static double Sharpe(Moments? moments, EvaluationSet set) => moments is null
        ? 0
        : moments.Mean / moments.StandardDeviation() * Math.Sqrt(set.PeriodsPerYear);

    private static void RequireDistinct(IReadOnlyList<string> names, string what)
    {
        if (names.Count == 0)
            throw new ArgumentException($"There are 0 {what}s; at least 1 is needed.");
        foreach (string name in names)
            ArgumentException.ThrowIfNullOrWhiteSpace(name, what);
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"There are two {what}s called '{twice.Key}'; results are told apart by name.");
    }
}
