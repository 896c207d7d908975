using FinML.Data;
using FinML.Statistics;

namespace FinML.Evaluation.Tests.Protocol;

public sealed class RigorousEvaluationTests : IDisposable
{
    private static readonly EvaluationSet Predictable = SmallModels.Set("predictable", .5, 11);
    private static readonly EvaluationSet Random = SmallModels.Set("random", 0, 12);
    private readonly LedgerFile _file = new();
    private readonly TrialLedger _ledger;

    public RigorousEvaluationTests() => _ledger = _file.Open();

    public void Dispose()
    {
        _ledger.Dispose();
        _file.Dispose();
    }

    [Fact]
    public void What_is_there_is_found_and_what_is_not_is_not()
    {
        EvaluationReport report = Run(Registered());
        EvaluationRow line = report.Rows.Single(row => row.Name == "line @ predictable");
        Assert.Equal([line], report.Discoveries);
        Assert.True(line.Lower > 0 && line.Sharpe > 1 && line.Deflated > .5, $"{line}");
        Assert.Equal(["line @ predictable", "line @ random", "noise @ predictable", "noise @ random",
            "nothing @ predictable", "nothing @ random"], report.Rows.Select(row => row.Name));
        Assert.StartsWith("Registered: after 18 trials (", report.Verdict, StringComparison.Ordinal);
        Assert.EndsWith("line @ predictable is left, 5 of 6 are not.", report.Verdict, StringComparison.Ordinal);
        EvaluationRow noise = report.Rows.Single(row => row.Name == "noise @ predictable");
        Assert.False(noise.InConfidenceSet);
        Assert.True(noise.SeedShare > .2, $"the seeds are {noise.SeedShare:P0} of its error");
        EvaluationRow nothing = report.Rows.Single(row => row.Name == "nothing @ random");
        Assert.Equal((0.0, 0.0, 1.0, 1.0), (nothing.Mean, nothing.StandardError, nothing.PValue, nothing.Holm));
        Assert.True(double.IsNaN(nothing.Deflated));
    }

    [Fact]
    public void Every_run_is_in_the_ledger_with_its_gains()
    {
        EvaluationReport report = Run(Registered());
        Assert.Equal(18, _ledger.TrialCount("protocol"));
        Assert.All(_ledger.Entries("protocol"), entry => Assert.Equal(TrialStanding.Registered, entry.Standing));
        Assert.Equal([1UL, 2, 3], report.Rows[0].Entries.Select(entry => entry.Record.Seed));
        Assert.Equal(
            """{"gain":"sign of the forecast, 5 basis points","model":{},"split":"purged 4-fold, embargo 2"}""",
            report.Rows[0].Entries[0].Record.Configuration);
        TrialReturns gains = _ledger.Returns(report.Rows[0].Entries[0])!;
        Assert.Equal(report.Rows[0].SharpeBySeed[0],
            SharpeRatio.Of(ReturnSeries.Simple(gains.Values, 252)).Annualised, 1e-12);
        Assert.True(_ledger.Verify().IsIntact);
        Run(Registered()); // again: nothing is counted twice
        Assert.Equal(18, _ledger.TrialCount("protocol"));
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        EvaluationReport one = Run(Registered() with { Threads = 1 }), two = Run(Registered() with { Threads = 3 });
        for (int i = 0; i < one.Rows.Count; i++)
        {
            EvaluationRow a = one.Rows[i], b = two.Rows[i];
            Assert.Equal(
                (a.Mean, a.Lower, a.Upper, a.PValue, a.Holm, a.FalseDiscoveryRate, a.Stepwise, a.InConfidenceSet),
                (b.Mean, b.Lower, b.Upper, b.PValue, b.Holm, b.FalseDiscoveryRate, b.Stepwise, b.InConfidenceSet));
            Assert.Equal(a.SharpeBySeed, b.SharpeBySeed);
            Assert.Equal(a.Entries, b.Entries);
        }
    }

    [Fact]
    public void The_declared_family_is_corrected_for_and_nothing_else()
    {
        string[] family = ["line @ predictable", "line @ random", "planned @ random"];
        EvaluationOptions options = Options() with { Registration = Register(family) };
        EvaluationReport report = Run(options);
        Assert.Equal(family, report.Family);
        Assert.Equal(["planned @ random"], report.NotRun);
        double[] p = [report.Rows[0].PValue, report.Rows[1].PValue];
        IReadOnlyList<double> holm = PValueAdjustment.Holm([.. p, 1]).Adjusted;
        Assert.Equal((holm[0], holm[1]), (report.Rows[0].Holm, report.Rows[1].Holm));
        Assert.Equal(PValueAdjustment.BenjaminiHochberg([.. p, 1]).Adjusted[0], report.Rows[0].FalseDiscoveryRate);
        Assert.True(double.IsNaN(report.Rows[2].Holm) && double.IsNaN(report.Rows[2].Stepwise));
        Assert.Equal(TrialStanding.Exploratory, report.Rows[2].Entries[0].Standing);
        Assert.StartsWith("Exploratory: ", report.Verdict, StringComparison.Ordinal);
        Assert.Contains("not declared", report.ToTestTable().ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_is_exploratory_and_corrected_for_all_that_ran()
    {
        EvaluationReport report = Run(Options());
        Assert.Equal(6, report.Family.Count);
        Assert.All(report.Rows, row => Assert.Equal("it names no registration", row.Entries[0].ExploratoryBecause));
    }

    [Fact]
    public void Too_short_a_sample_is_not_ranked()
    {
        EvaluationReport report = RigorousEvaluation.Run(
            _ledger, [SmallModels.Line, SmallModels.Noise], [SmallModels.Set("short", .5, 3, 300)],
            Options() with { Seeds = [1, 2, 3, 4, 5, 6, 7, 8] });
        Assert.False(report.IsSufficient);
        Assert.Empty(report.Discoveries);
        Assert.Contains("insufficient data: 16 trials", report.Verdict, StringComparison.Ordinal);
        Assert.EndsWith("'short' has 1.2; nothing is ranked.", report.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_show_both_counts()
    {
        EvaluationReport report = Run(Options() with { Split = EvaluationSplit.WalkForward(400, 200, 5) });
        Assert.Contains("walk-forward, train 400, test 200, embargo 5", report.ToTable().ToText(),
            StringComparison.Ordinal);
        Assert.Contains($"N = 18 trials, {report.Multiplicity.Effective} effective", report.ToTestTable().ToText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_squared_error_is_a_gain_over_the_forecast_zero()
    {
        EvaluationReport report = Run(Options() with { Gain = EvaluationGain.SquaredErrorBelowZeroForecast() });
        Assert.True(report.Rows[0].Lower > 0);
        Assert.True(report.Rows[2].Upper < 0); // noise is worse than nothing
    }

    [Fact]
    public void A_label_of_the_test_cannot_be_read()
    {
        var peeping = SmallModels.Of("peeping", sample => sample.Label(
            Enumerable.Range(0, Random.Labels.Length).First(row => !sample.Slice.Contains(row))));
        LookAheadException error = Assert.Throws<LookAheadException>(
            () => RigorousEvaluation.Run(_ledger, [peeping], [Random], Options()));
        Assert.Contains("is not a training row", error.Message, StringComparison.Ordinal);
        Assert.Empty(_ledger.Entries());
    }

    [Fact]
    public void Bad_input_is_refused_before_anything_is_recorded()
    {
        Refused(() => Run(Options() with { Seeds = [1] }), "Seeds are (1)");
        Refused(() => Run(Options() with { Seeds = [1, 1] }), "2 or more distinct");
        Refused(() => Run(Options() with { Alpha = .7 }), "Alpha is 0.7");
        Refused(() => Run(Options() with { Experiment = "other", Registration = Register(["a"]) }),
            "of experiment 'protocol', not of 'other'");
        Refused(() => RigorousEvaluation.Run(_ledger, [], [Random], Options()), "0 models");
        Refused(() => RigorousEvaluation.Run(_ledger, [SmallModels.Line, SmallModels.Line], [Random], Options()),
            "two models called 'line'");
        Refused(() => RigorousEvaluation.Run(
            _ledger, [SmallModels.Line], [Random with { Labels = Predictable.Labels, Features = SmallModels.Set(
                "x", 0, 1, 100).Features }], Options()), "100 rows of features and 1200 labels");
        Refused(() => RigorousEvaluation.Run(
            _ledger, [SmallModels.Line], [SmallModels.Set("tiny", 0, 1, 14)], Options()), "at least 16 are needed");
        Refused(() => RigorousEvaluation.Run(
            _ledger, [SmallModels.Line], [Random with { WarmUp = 2_000 }], Options()), "warm-up of 'random' is 2000");
        Assert.Contains("a forecast is finite", Assert.Throws<InvalidOperationException>(() => RigorousEvaluation.Run(
            _ledger, [SmallModels.Of("nan", _ => double.NaN)], [Random], Options())).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => EvaluationGain.SignOfForecast(-1));
        Assert.Empty(_ledger.Entries());
    }

    private EvaluationReport Run(EvaluationOptions options) => RigorousEvaluation.Run(
        _ledger, [SmallModels.Line, SmallModels.Noise, SmallModels.Nothing], [Predictable, Random], options);

    private EvaluationOptions Registered() => Options() with
    {
        Registration = Register(
            [.. new[] { "line", "noise", "nothing" }.SelectMany(model => new[] { "predictable", "random" }.Select(
                set => RigorousEvaluation.NameOf(model, set)))]),
    };

    private RegistrationEntry Register(string[] family) => _ledger.Register(
        LedgerPlace.Registration(family) with { Experiment = "protocol" });

    private static EvaluationOptions Options() => new()
    {
        Experiment = "protocol",
        Seeds = [1, 2, 3],
        Split = EvaluationSplit.PurgedKFold(4, 2),
        Bootstrap = new BootstrapOptions { Replicates = 499, Seed = 5 },
    };

    private static void Refused(Action action, string says) =>
        Assert.Contains(says, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
