using FinML.Data.Features;

namespace FinML.Data.Tests.Causality;

public sealed class CausalityAuditTests
{
    private readonly Panel _panel = TestPanels.RandomWalk(400);

    private static NamedSeries[] Close(Panel panel, Func<double[], double[]> output) =>
        [new NamedSeries("output", output(panel.Column("A", "close").ToArray()))];

    [Fact]
    public void A_whole_honest_pipeline_passes()
    {
        FeatureSet set = new(new LogReturn(1), new RollingVolatility(21), new Rsi(), new DayOfWeekFeature());
        IReadOnlyList<Fold> folds = WalkForwardSplit.Create(400,
            new WalkForwardOptions
            {
                InitialTrain = 100,
                Test = 50,
                Start = set.WarmUp,
                LabelHorizon = 2,
                Embargo = 5
            });
        CausalityReport report = CausalityAudit.Run(_panel, panel =>
        {
            FeatureMatrix features = set.Compute(panel, "A");
            double[,] scaled = new double[set.Names.Count, panel.Length];
            foreach (Fold fold in folds)
            {
                FeatureMatrix z = StandardScaler.Fit(fold.Train, features).Transform(features);
                for (int t = fold.TestStart; t < fold.TestEnd; t++)
                {
                    for (int j = 0; j < z.Columns; j++)
                    {
                        scaled[j, t] = z[t, j];
                    }
                }
            }

            return [.. set.Names.Select((name, j) =>
                new NamedSeries(name, [.. Enumerable.Range(0, panel.Length).Select(t => scaled[j, t])]))];
        });
        Assert.True(report.Passed, report.ToString());
        Assert.Equal(["day_of_week"], report.Insensitive);
        Assert.Equal(10, report.Runs);
        Assert.StartsWith("Causal", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mean_of_the_full_sample_is_caught_with_its_row_cutoff_and_values()
    {
        CausalityReport report = CausalityAudit.Run(_panel,
            panel => Close(panel, x => [.. x.Select(v => v - x.Average())]),
            new CausalityOptions { Cutoffs = [200], Perturbations = [Perturbation.Scale] });
        Assert.False(report.Passed);
        CausalityViolation first = report.Violations[0];
        Assert.Equal(("output", 0, 200, Perturbation.Scale),
            (first.Output, first.Row, first.Cutoff, first.Perturbation));
        Assert.NotEqual(first.Expected, first.Actual);
        Assert.Contains("row 0", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_perturbed_bar_is_still_a_bar()
    {
        Panel perturbed = CausalityAudit.Perturb(_panel, 200, Perturbation.Random, new RandomStream(1));
        for (int t = 0; t < perturbed.Length; t++)
        {
            double open = perturbed.Column("A", "open")[t], close = perturbed.Column("A", "close")[t];
            Assert.True(perturbed.Column("A", "high")[t] >= Math.Max(open, close));
            Assert.True(perturbed.Column("A", "low")[t] <= Math.Min(open, close));
            Assert.Equal(t <= 200, close == _panel.Column("A", "close")[t]);
        }
    }

    [Fact]
    public void A_scaler_fitted_on_everything_by_hand_is_caught()
    {
        CausalityReport report = CausalityAudit.Run(_panel, panel =>
        {
            FeatureMatrix features = new FeatureSet(new LogReturn(1)).Compute(panel, "A");
            double[] x = features.Column("log_return_1");
            double[] known = [.. x.Where(double.IsFinite)];
            double mean = known.Average(), sigma = Math.Sqrt(known.Average(v => (v - mean) * (v - mean)));
            return [new NamedSeries("scaled", [.. x.Select(v => (v - mean) / sigma)])];
        });
        Assert.False(report.Passed);
        Assert.All(report.Violations, v => Assert.Equal("scaled", v.Output));
    }

    [Fact]
    public void A_look_one_row_ahead_is_caught_at_the_cutoff_itself()
    {
        foreach (Perturbation kind in new[] { Perturbation.Scale, Perturbation.Random, Perturbation.Missing })
        {
            CausalityReport report = CausalityAudit.Run(_panel, panel => Close(panel, x => [.. x.Skip(1), 0]),
                new CausalityOptions { Cutoffs = [123], Perturbations = [kind] });
            CausalityViolation only = Assert.Single(report.Violations);
            Assert.Equal(123, only.Row);
        }
    }

    [Fact]
    public void A_backfill_is_caught_where_a_hole_meets_the_cutoff()
    {
        Panel holed = _panel.Map((_, _, x) => { x[123] = double.NaN; return x; });
        CausalityReport report = CausalityAudit.Run(holed, panel => Close(panel, x =>
        {
            for (int t = x.Length - 2; t >= 0; t--)
            {
                x[t] = double.IsNaN(x[t]) ? x[t + 1] : x[t];
            }

            return x;
        }), new CausalityOptions { Cutoffs = [123] });
        Assert.All(report.Violations, v => Assert.Equal(123, v.Row));
        Assert.Equal(2, report.Violations.Count);
    }

    [Fact]
    public void A_change_of_one_bit_is_a_violation()
    {
        CausalityReport report = CausalityAudit.Run(_panel,
            panel => Close(panel, x => [.. x.Select(v => x[^1] > 1000 ? Math.BitIncrement(v) : v)]),
            new CausalityOptions
            {
                Cutoffs = [10],
                Perturbations = [Perturbation.Scale, Perturbation.Random],
                Seed = 4
            });
        CausalityReport moved = CausalityAudit.Run(_panel.Map((_, _, x) => { x[^1] = 900; return x; }),
            panel => Close(panel, x => [.. x.Select(v => x[^1] > 1000 ? Math.BitIncrement(v) : v)]),
            new CausalityOptions { Cutoffs = [10], Perturbations = [Perturbation.Scale] });
        Assert.True(report.Passed); // the trap is not set off: what an audit cannot reach it cannot find
        Assert.Equal(Math.BitIncrement(moved.Violations[0].Expected), moved.Violations[0].Actual);
    }

    [Fact]
    public void What_is_not_deterministic_is_named()
    {
        int calls = 0;
        CausalityReport report = CausalityAudit.Run(_panel, panel =>
            Close(panel, x => [.. x.Select(v => v + calls++)]));
        Assert.Equal(["output"], report.NotDeterministic);
        Assert.Contains("two runs", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_reads_nothing_is_listed() => Assert.Equal(["output"],
        CausalityAudit.Run(_panel, panel => Close(panel, x => new double[x.Length])).Insensitive);

    [Fact]
    public void Truncation_finds_what_depends_on_the_length()
    {
        CausalityReport report = CausalityAudit.Run(_panel,
            panel => Close(panel, x => [.. x.Select((_, t) => (double)t / x.Length)]),
            new CausalityOptions { Perturbations = [Perturbation.Truncate] });
        Assert.False(report.Passed);
    }

    [Fact]
    public void Wrong_options_and_outputs_are_refused()
    {
        static void Refused(string say, Func<object> run) => Assert.Contains(say,
            Assert.ThrowsAny<ArgumentException>(run).Message, StringComparison.Ordinal);

        Func<Panel, IReadOnlyList<NamedSeries>> good = panel => Close(panel, x => x);
        Refused("[0, 398]", () => CausalityAudit.Run(_panel, good, new CausalityOptions { Cutoffs = [399] }));
        Refused("1 or more", () => CausalityAudit.Run(_panel, good, new CausalityOptions { CutoffCount = 0 }));
        Refused("perturbation", () => CausalityAudit.Run(_panel, good, new CausalityOptions { Perturbations = [] }));
        Refused("2 or more rows", () => CausalityAudit.Run(_panel.Slice(0, 1), good));
        Refused("0 outputs", () => CausalityAudit.Run(_panel, _ => []));
        Refused("3 values", () => CausalityAudit.Run(_panel, _ => [new NamedSeries("a", new double[3])]));
        Refused("two outputs", () => CausalityAudit.Run(_panel, p => [.. good(p), .. good(p)]));
        int calls = 0;
        Refused("another run", () =>
            CausalityAudit.Run(_panel, p => [new NamedSeries($"a{calls++}", new double[p.Length])]));
    }
}
