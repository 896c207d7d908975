using System.Text.Json;

namespace FinML.Data.Tests.Scaling;

public sealed class ScalerTests
{
    private static readonly FeatureMatrix s_features = FeatureMatrix.Create(TestPanels.Days(6), ["a", "b", "c"],
    [
        double.NaN, 5, 1,
        2, 5, 2,
        4, 5, 3,
        6, 5, 4,
        8, 5, 100,
        1e6, 7, double.NaN,
    ]);

    private static TrainingSlice Train(int rows = 5, int length = 6) => WalkForwardSplit.Create(length,
        new WalkForwardOptions { InitialTrain = rows, Test = 1 })[0].Train;

    /// <summary>Mean 5 and population deviation sqrt(5) of 2, 4, 6, 8; a constant is only centred.</summary>
    [Fact]
    public void Standard_scaling_uses_the_population_moments_of_the_training_rows()
    {
        StandardScaler scaler = StandardScaler.Fit(Train(), s_features, clip: 3);
        Assert.Equal([5, 5, 22], scaler.Center);
        Assert.Equal(Math.Sqrt(5), scaler.Scale[0], 1e-15);
        Assert.Equal(1, scaler.Scale[1]);
        FeatureMatrix z = scaler.Transform(s_features);
        Assert.Equal(-3 / Math.Sqrt(5), z[1, 0], 1e-15);
        Assert.Equal(0, z[1, 1]);
        Assert.Equal(2, z[5, 1]);
        Assert.Equal(3, z[5, 0]); // clipped
        Assert.True(double.IsNaN(z[0, 0]));
        Assert.True(double.IsNaN(z[5, 2]));
    }

    [Fact]
    public void Robust_scaling_uses_the_quartiles_of_the_training_rows()
    {
        // 2, 4, 6, 8: quartiles 3.5, 5, 6.5; 1, 2, 3, 4, 100: quartiles 2, 3, 4.
        RobustScaler scaler = RobustScaler.Fit(Train(), s_features);
        Assert.Equal([5, 5, 3], scaler.Center);
        Assert.Equal([3, 1, 2], scaler.Scale);
        Assert.Equal(10, scaler.Transform(s_features)[4, 2]);
        Assert.Equal(48.5, RobustScaler.Fit(Train(), s_features, double.PositiveInfinity).Transform(s_features)[4, 2]);
    }

    [Fact]
    public void A_constant_that_is_not_a_binary_fraction_does_not_scale_rounding_errors()
    {
        double[] values = [.. Enumerable.Repeat(0.1, 1000)];
        FeatureMatrix constant = FeatureMatrix.Create(TestPanels.Days(1000), ["a"], values);
        Assert.Equal(1, StandardScaler.Fit(Train(900, 1000), constant).Scale[0]);
    }

    [Fact]
    public void Nothing_after_the_training_moves_the_scaler()
    {
        double[] changed = s_features.Values.ToArray();
        changed[^3] = -7;
        FeatureMatrix other = FeatureMatrix.Create(s_features.Times, s_features.Names, changed);
        Assert.Equal(Json(StandardScaler.Fit(Train(), s_features)), Json(StandardScaler.Fit(Train(), other)));
        Assert.Equal(Json(RobustScaler.Fit(Train(), s_features)), Json(RobustScaler.Fit(Train(), other)));
    }

    [Theory]
    [InlineData(10.0)]
    [InlineData(double.PositiveInfinity)]
    public void A_scaler_survives_a_checkpoint_to_the_bit(double clip)
    {
        StandardScaler scaler = StandardScaler.Fit(Train(), s_features, clip);
        StandardScaler again = new(JsonSerializer.Deserialize<ScalerState>(Json(scaler))!);
        Assert.Equal(scaler.Transform(s_features).Values.ToArray(), again.Transform(s_features).Values.ToArray());
        RobustScaler robust = RobustScaler.Fit(Train(), s_features, clip);
        Assert.Equal(Json(robust), Json(new RobustScaler(robust.GetState())));
        Assert.Throws<ArgumentException>(() => new RobustScaler(scaler.GetState()));
        Assert.Throws<ArgumentException>(() => new StandardScaler(scaler.GetState() with { Scale = [1, 0, 1] }));
        Assert.Throws<ArgumentException>(() => new StandardScaler(scaler.GetState() with { Names = ["a"] }));
    }

    [Fact]
    public void Fitting_on_what_no_split_has_made_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => StandardScaler.Fit(default!, s_features));
        Assert.Throws<ArgumentNullException>(() => RobustScaler.Fit(null!, s_features));
        Assert.Contains("100 rows", Assert.Throws<ArgumentException>(
            () => StandardScaler.Fit(Train(5, 100), s_features)).Message, StringComparison.Ordinal);
        Assert.Contains("warm-up", Assert.Throws<ArgumentException>(
            () => StandardScaler.Fit(Train(1), s_features)).Message, StringComparison.Ordinal);
        Assert.Contains("above 0", Assert.Throws<ArgumentOutOfRangeException>(
            () => StandardScaler.Fit(Train(), s_features, 0)).Message, StringComparison.Ordinal);
        StandardScaler scaler = StandardScaler.Fit(Train(), s_features);
        Assert.Throws<ArgumentException>(() => scaler.Transform(s_features.Append("d", new double[6])));
        Assert.Throws<ArgumentException>(() => scaler.Transform([1, 2], new double[3]));
    }

    private static string Json(IScaler scaler) => JsonSerializer.Serialize(scaler.GetState());
}
