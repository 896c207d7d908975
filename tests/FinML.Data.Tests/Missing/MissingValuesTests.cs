using FinML.Data.Features;

namespace FinML.Data.Tests.Missing;

public sealed class MissingValuesTests
{
    private const double N = double.NaN;

    private static readonly FeatureMatrix s_features = FeatureMatrix.Create(TestPanels.Days(10), ["a"],
        [N, N, 1, N, N, 4, N, N, N, 8]);

    private static double[] Applied(params MissingPolicy[] policies) =>
        MissingValues.Apply(s_features, policies, warmUp: 1, Train(7)).Column("a");

    private static TrainingSpan Train(int rows, int length = 10) => WalkForwardSplit.Create(length,
        new WalkForwardOptions { InitialTrain = rows, Test = length })[0].Train;

    [Fact]
    public void Each_policy_on_a_column_with_gaps()
    {
        Assert.Equal([N, N, 1, 1, N, 4, 4, N, N, 8], Applied(new ForwardFill(1)));
        Assert.Equal([N, N, 1, 1, 1, 4, 4, 4, N, 8], Applied(new ForwardFill(2)));
        Assert.Equal([N, 0.5, 1, 0.5, 0.5, 4, 0.5, 0.5, 0.5, 8], Applied(new Pad(0.5)));
        // Rows 0 to 6 are training: the gap from 6 on reaches out of it, whatever the limit.
        Assert.Equal([N, N, 1, 2, 3, 4, N, N, N, 8], Applied(new Interpolate(5)));
        Assert.Equal([N, N, 1, N, N, 4, N, N, N, 8], Applied(new Interpolate(1)));
        Assert.Equal([N, 0, 1, 2, 3, 4, 4, 4, 0, 8], Applied(new Interpolate(2), new ForwardFill(2), new Pad()));
    }

    [Fact]
    public void A_mask_says_what_was_there_before_the_policies_after_it()
    {
        FeatureMatrix masked = MissingValues.Apply(s_features, [new MaskChannel(), new ForwardFill(2), new Pad()]);
        Assert.Equal(["a", "a_present"], masked.Names);
        Assert.Equal([0, 0, 1, 1, 1, 4, 4, 4, 0, 8], masked.Column("a"));
        Assert.Equal([0, 0, 1, 0, 0, 1, 0, 0, 0, 1], masked.Column("a_present"));
    }

    [Fact]
    public void A_feature_set_names_its_policies_and_the_columns_they_add()
    {
        FeatureSet plain = new(new LogReturn(1), new RollingVolatility(5));
        FilledFeatureSet set = new(plain, [new ForwardFill(2)], [new MaskChannel(), new Pad(-1)]);
        Assert.Equal("forward_fill_2|mask+pad_-1", set.MissingName);
        Assert.Equal("keep|keep", new FilledFeatureSet(plain).MissingName);
        Assert.Throws<ArgumentException>(() => new FilledFeatureSet(plain, null,
            [new MaskChannel(), new MaskChannel()]));
        Assert.Equal([.. plain.Names, .. plain.Names.Select(n => n + "_present")], set.Names);
        Panel panel = TestPanels.RandomWalk(30).Map((_, _, x) =>
        {
            x.AsSpan(12, 3).Fill(N);
            return x;
        });
        FeatureMatrix features = set.Compute(panel, "A");
        Assert.Equal(set.Names, features.Names);
        Assert.Equal(0, features.Column("log_return_1")[12]); // the carried price did not move
        Assert.Equal(-1, features.Column("log_return_1")[14]); // beyond the limit
        Assert.Equal(0, features.Column("log_return_1_present")[14]);
        Assert.All(Enumerable.Range(0, set.WarmUp), t => Assert.True(double.IsNaN(features[t, 1])));
        Assert.All(Enumerable.Range(set.WarmUp, 30 - set.WarmUp), t => Assert.True(features.IsComplete(t)));
    }

    [Fact]
    public void Filling_does_not_see_the_future()
    {
        FilledFeatureSet set = new(new FeatureSet(new LogReturn(1), new RollingVolatility(5)), [new ForwardFill(2)],
            [new MaskChannel(), new ForwardFill(3), new Pad()]);
        CausalityReport report = CausalityAudit.Run(Holed(300), panel => Series(set.Compute(panel, "A")),
            new CausalityOptions { Perturbations = Enum.GetValues<Perturbation>() });
        Assert.True(report.Passed, report.ToString());
    }

    /// <summary>Inside the training rows a line knows its other end; every test row is as it was.</summary>
    [Fact]
    public void Interpolation_in_a_walk_forward_leaves_the_tests_causal()
    {
        FilledFeatureSet set = new(new FeatureSet(new LogReturn(1)), [new Interpolate(9)], [new Interpolate(9)]);
        IReadOnlyList<Fold> folds = WalkForwardSplit.Create(300,
            new WalkForwardOptions { InitialTrain = 100, Test = 40, LabelHorizon = 1 });
        CausalityReport report = CausalityAudit.Run(Holed(300), panel =>
        {
            double[] judged = new double[panel.Length];
            foreach (Fold fold in folds)
            {
                set.Compute(panel, "A", fold.Train).Column("log_return_1").AsSpan(fold.TestStart..fold.TestEnd)
                    .CopyTo(judged.AsSpan(fold.TestStart));
            }

            return [new NamedSeries("judged", judged)];
        }, new CausalityOptions { CutoffCount = 40 });
        Assert.True(report.Passed, report.ToString());

        // The same as one look at the whole sample would be caught: training up to the end sees over the cut-off.
        TrainingSpan all = Train(299, 300);
        Assert.False(CausalityAudit.Run(Holed(300), panel => Series(set.Compute(panel, "A", all)),
            new CausalityOptions { CutoffCount = 40 }).Passed);
    }

    [Fact]
    public void A_policy_outside_its_range_or_without_its_training_rows_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ForwardFill(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Interpolate(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Pad(N));
        Assert.Contains("'interpolate_3'", Assert.Throws<ArgumentException>(
            () => MissingValues.Apply(s_features, [new Interpolate(3)])).Message, StringComparison.Ordinal);
        Assert.Contains("20 rows", Assert.Throws<ArgumentException>(
            () => MissingValues.Apply(s_features, [new Interpolate(3)], 0, Train(5, 20))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new FilledFeatureSet(new FeatureSet(new LogReturn()), [null!]));
        Assert.Empty(typeof(MissingPolicy).GetConstructors()); // nobody adds a backward fill from outside
    }

    private static Panel Holed(int length)
    {
        RandomStream random = new(5);
        bool[] hole = [.. Enumerable.Range(0, length).Select(_ => random.NextInt(4) == 0)];
        return TestPanels.RandomWalk(length).Map((_, _, x) => [.. x.Select((v, t) => hole[t] ? N : v)]);
    }

    private static NamedSeries[] Series(FeatureMatrix features) =>
        [.. features.Names.Select(name => new NamedSeries(name, features.Column(name)))];
}
