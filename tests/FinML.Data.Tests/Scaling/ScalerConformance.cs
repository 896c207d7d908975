using System.Text.Json;

namespace FinML.Data.Tests.Scaling;

/// <summary>What every scaler must keep; a new one joins with a one-line subclass that fits it.</summary>
public abstract class ScalerConformance
{
    private const int Rows = 400, Training = 250;

    private static readonly FeatureMatrix s_features = Make(Rows, 3);

    protected abstract IScaler Fit(TrainingSlice train, FeatureMatrix features);

    [Fact]
    public void It_reads_the_training_rows_and_no_other()
    {
        IScaler scaler = Fit(Train(), s_features);
        Assert.Equal(Json(scaler), Json(Fit(Train(), Changed(Training, double.NaN))));
        Assert.Equal(Json(scaler), Json(Fit(Train(), Changed(Training, 1e6))));
        Assert.NotEqual(Json(scaler), Json(Fit(Train(), Changed(Training - 1, 1e6))));
        PurgedFold fold = PurgedKFold.Create(LabelSpans.Fixed(Rows, 3), new PurgedKFoldOptions())[2];
        Assert.Equal(Json(Fit(fold.Train, s_features)), Json(Fit(fold.Train, Changed(fold.Test[0].Start, 7, 80))));
    }

    [Fact]
    public void A_walk_forward_with_it_does_not_see_the_future()
    {
        IReadOnlyList<Fold> folds = WalkForwardSplit.Create(Rows,
            new WalkForwardOptions { InitialTrain = 100, Test = 60, LabelHorizon = 2 });
        CausalityReport report = CausalityAudit.Run(TestPanels.RandomWalk(Rows), panel =>
        {
            FeatureMatrix raw = FeatureMatrix.Create(panel.Times, ["close"], panel.Column("A", "close").ToArray());
            double[] scaled = new double[Rows];
            foreach (Fold fold in folds)
            {
                FeatureMatrix z = Fit(fold.Train, raw).Transform(raw);
                z.Values[fold.TestStart..fold.TestEnd].CopyTo(scaled.AsSpan(fold.TestStart));
            }

            return [new NamedSeries("scaled", scaled)];
        });
        Assert.True(report.Passed, report.ToString());
    }

    [Fact]
    public void Its_state_makes_it_again_to_the_bit()
    {
        IScaler scaler = Fit(Train(), s_features);
        IScaler again = FittedScaler.FromState(JsonSerializer.Deserialize<ScalerState>(Json(scaler))!);
        Assert.Equal(scaler.GetType(), again.GetType());
        Assert.Equal(scaler.Names, again.Names);
        Assert.Equal(scaler.Transform(s_features).Values.ToArray(), again.Transform(s_features).Values.ToArray());
        Assert.Equal(Json(scaler), Json(again));
    }

    [Fact]
    public void A_state_that_is_not_its_own_is_refused()
    {
        ScalerState state = Fit(Train(), s_features).GetState();
        Assert.Contains("'other'", Assert.Throws<ArgumentException>(
            () => FittedScaler.FromState(state with { Kind = "other" })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => FittedScaler.FromState(state with { Names = ["a"] }));
    }

    [Fact]
    public void The_order_is_kept_missing_stays_missing_and_a_row_alone_is_as_in_the_matrix()
    {
        IScaler scaler = Fit(Train(), s_features);
        FeatureMatrix z = scaler.Transform(s_features);
        double[] row = new double[3];
        for (int t = 0; t < Rows; t++)
        {
            scaler.Transform(s_features.Row(t), row);
            Assert.Equal(z.Row(t).ToArray(), row);
            Assert.Equal(double.IsNaN(s_features[t, 0]), double.IsNaN(z[t, 0]));
        }

        foreach (int j in new[] { 0, 1 })
        {
            double[] x = s_features.Column(s_features.Names[j]), y = z.Column(s_features.Names[j]);
            Array.Sort(x, y); // NaN first in both
            Assert.All(Enumerable.Range(1, Rows - 1), i => Assert.False(y[i] < y[i - 1]));
        }
    }

    [Fact]
    public void A_feature_that_does_not_vary_in_training_stays_finite_and_one_without_a_value_is_refused()
    {
        double[] constant = [.. Enumerable.Repeat(0.1, Rows)];
        constant[^1] = 5;
        FeatureMatrix features = FeatureMatrix.Create(s_features.Times, ["c"], constant);
        double[] z = Fit(Train(), features).Transform(features).Column("c");
        Assert.All(z, value => Assert.True(double.IsFinite(value)));
        Assert.Equal(0, z[0], 1e-12);
        Array.Fill(constant, double.NaN, 0, Training);
        Assert.Contains("'c'", Assert.Throws<ArgumentException>(() => Fit(Train(),
            FeatureMatrix.Create(s_features.Times, ["c"], constant))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Fit(null!, features));
        Assert.Throws<ArgumentException>(() => Fit(Train(), Make(Rows - 1, 1)));
    }

    private static TrainingSpan Train() => WalkForwardSplit.Create(Rows,
        new WalkForwardOptions { InitialTrain = Training, Test = 50 })[0].Train;

    private static FeatureMatrix Make(int rows, int columns)
    {
        RandomStream random = new(9);
        double[] values = new double[rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.NextInt(9) == 0 ? double.NaN : Math.Exp(2 * random.NextNormal()) * (i % columns + 1);
        }

        return FeatureMatrix.Create(TestPanels.Days(rows), [.. Enumerable.Range(0, columns).Select(j => $"f{j}")],
            values);
    }

    private static FeatureMatrix Changed(int start, double value, int rows = 1000)
    {
        double[] values = s_features.Values.ToArray();
        int end = Math.Min(Rows, start + rows);
        values.AsSpan(start * 3, (end - start) * 3).Fill(value);
        return FeatureMatrix.Create(s_features.Times, s_features.Names, values);
    }

    private static string Json(IScaler scaler) => JsonSerializer.Serialize(scaler.GetState());
}
