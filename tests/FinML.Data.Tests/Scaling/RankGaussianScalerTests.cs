namespace FinML.Data.Tests.Scaling;

public sealed class RankGaussianScalerTests
{
    /// <summary>R 4: qnorm((rank(x) - .5) / 5) for x = 10, 3, 3, 1000, 7 is qnorm(c(.7, .2, .2, .9, .5)).</summary>
    [Fact]
    public void Training_values_become_normal_scores_and_ties_share_their_mean_rank()
    {
        FeatureMatrix features = Column(10, 3, 3, 1000, 7, 5, -8, 5000, 505);
        RankGaussianScaler scaler = RankGaussianScaler.Fit(Train(5, 9), features);
        double[] z = scaler.Transform(features).Column("a");
        double[] expected = [0.52440051270804067, -0.84162123357291441, -0.84162123357291441, 1.2815515655446004, 0];
        for (int t = 0; t < 5; t++)
        {
            Assert.Equal(expected[t], z[t], 1e-14);
        }

        Assert.Equal(-0.38532046640756773, z[5], 1e-14); // half-way from .2 to .5: qnorm(.35)
        Assert.Equal(z[1], z[6]); // beyond the range: its end
        Assert.Equal(z[3], z[7]);
        Assert.Equal(0.8416212335729143, z[8], 1e-14); // half-way from .7 to .9: qnorm(.8)
    }

    /// <summary>Any monotone change of a feature gives the same z at the training values.</summary>
    [Fact]
    public void The_result_does_not_depend_on_the_distribution_of_the_feature()
    {
        RandomStream random = new(4);
        double[] x = [.. Enumerable.Range(0, 500).Select(_ => random.NextNormal())];
        FeatureMatrix a = Column(x), b = Column([.. x.Select(v => Math.Exp(3 * v))]);
        double[] za = RankGaussianScaler.Fit(Train(499, 500), a).Transform(a).Column("a");
        double[] zb = RankGaussianScaler.Fit(Train(499, 500), b).Transform(b).Column("a");
        Assert.Equal(za[..499], zb[..499]);
    }

    [Fact]
    public void A_long_training_set_keeps_a_table_of_1000_values_and_stays_near_the_exact_one()
    {
        RandomStream random = new(8);
        double[] x = [.. Enumerable.Range(0, 30_001).Select(_ => random.NextNormal())];
        RankGaussianScaler scaler = RankGaussianScaler.Fit(Train(30_000, 30_001), Column(x));
        Assert.Equal(1000, scaler.GetState().Knots![0].Count);
        double[] z = scaler.Transform(Column(x)).Column("a");
        // Of a normal sample z is x but for the sample's own error: about 1 / sqrt(n phi(x)^2 ...) < .03 within 2.5.
        Assert.All(Enumerable.Range(0, 30_000).Where(t => Math.Abs(x[t]) < 2.5),
            t => Assert.InRange(z[t] - x[t], -0.08, 0.08));
        Assert.Equal(NormalDistribution.Quantile(0.5 / 30_000), z.Take(30_000).Min(), 1e-12);
        Assert.Equal(NormalDistribution.Quantile(1 - 0.5 / 30_000), z.Take(30_000).Max(), 1e-9);
    }

    [Fact]
    public void A_table_that_is_not_one_is_refused()
    {
        ScalerState state = RankGaussianScaler.Fit(Train(5, 6), Column(1, 2, 3, 4, 5, 6)).GetState();
        Assert.Throws<ArgumentException>(() => new RankGaussianScaler(state with { Knots = [[1, 2, 2, 3, 4]] }));
        Assert.Throws<ArgumentException>(() => new RankGaussianScaler(state with { Levels = [[0, .3, .5, .7, .9]] }));
        Assert.Throws<ArgumentException>(() => new RankGaussianScaler(state with { Knots = null }));
        Assert.Throws<ArgumentException>(() => new RankGaussianScaler(state with { Knots = [[]], Levels = [[]] }));
    }

    private static FeatureMatrix Column(params double[] values) =>
        FeatureMatrix.Create(TestPanels.Days(values.Length), ["a"], values);

    private static TrainingSpan Train(int rows, int length) => WalkForwardSplit.Create(length,
        new WalkForwardOptions { InitialTrain = rows, Test = 1 })[0].Train;
}
