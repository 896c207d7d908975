namespace FinML.Statistics.Tests;

/// <summary>Golden values: make_forecasts.R, or by hand.</summary>
public class ForecastScoreTests
{
    [Fact]
    public void PointLosses_AreTheirFormulas()
    {
        Assert.Equal([1.0, 4], ForecastScore.SquaredError([2, 1], [1, 3]).Losses.ToArray());
        Assert.Equal(1.5, ForecastScore.AbsoluteError([2, 1], [1, 3]).Mean);
        Assert.Equal([0.9 * 2, 0.1 * 2], ForecastScore.Pinball([3, 1], [1, 3], 0.9).Losses.ToArray(), Close);
        ForecastScore qlike = ForecastScore.Qlike([2, 1], [1, 1]);
        Assert.Equal([1 - Math.Log(2), 0], qlike.Losses.ToArray(), Close);
    }

    // The pinball loss of a sample is least at its quantile.
    [Fact]
    public void Pinball_ElicitsTheQuantile()
    {
        double[] y = Fixture.Normals(999, 3);
        double At(double q) => ForecastScore.Pinball(y, Enumerable.Repeat(q, 999).ToArray(), 0.2).Mean;
        double quantile = y.Order().ElementAt(199);
        Assert.True(At(quantile) < At(quantile - 0.01) && At(quantile) < At(quantile + 0.01));
    }

    // R: the integral of (F(x) - [x >= y])^2.
    [Theory]
    [InlineData(0.3, 0, 1, 0.26933290068666349)]
    [InlineData(-2, 0.5, 0.7, 2.105128773203889)]
    [InlineData(4, 1, 2, 1.9888480079549056)]
    public void NormalCrps_IsTheIntegral(double y, double mean, double deviation, double expected) =>
        Assert.Equal(expected, ContinuousRankedProbability.Normal([y], [mean], [deviation]).Mean, 1e-9);

    [Fact]
    public void EnsembleCrps_IsTheDoubleSum()
    {
        double[][] sample = [[1.2, -0.4, 0.9, 2.5, 0.1]];
        Assert.Equal(0.288, ContinuousRankedProbability.Ensemble([0.7], sample, fair: false).Mean, 1e-14);
        Assert.Equal(0.15, ContinuousRankedProbability.Ensemble([0.7], sample).Mean, 1e-14);
    }

    // The fair score of a small sample is right on average; the sample's own is not.
    [Fact]
    public void FairCrps_IsUnbiased()
    {
        double[] outcomes = Fixture.Normals(20_000, 11), draws = Fixture.Normals(80_000, 12);
        double[][] samples = [.. Enumerable.Range(0, 20_000).Select(t => draws[(4 * t)..(4 * t + 4)])];
        double truth = 1 / Math.Sqrt(Math.PI); // E CRPS of N(0, 1) on its own outcomes
        Assert.Equal(truth, ContinuousRankedProbability.Ensemble(outcomes, samples).Mean, 0.015);
        Assert.Equal(
            truth * 1.25, ContinuousRankedProbability.Ensemble(outcomes, samples, fair: false).Mean, 0.015);
    }

    // Levels (i - 1/2) / m: the order statistics of a sample are its quantiles, and the two scores are one.
    [Fact]
    public void QuantileCrps_AtMidLevels_IsTheSamples()
    {
        double[] sample = [-0.4, 0.1, 0.9, 1.2, 2.5], levels = [0.1, 0.3, 0.5, 0.7, 0.9];
        foreach (double y in (double[])[-1, 0.5, 0.9, 3])
        {
            Assert.Equal(
                ContinuousRankedProbability.Ensemble([y], [sample], fair: false).Mean,
                ContinuousRankedProbability.Quantiles([y], levels, [sample]).Mean, 1e-14);
        }
    }

    [Fact]
    public void Brier_DecomposesExactly()
    {
        double[] p = [0.1, 0.1, 0.1, 0.1, 0.8, 0.8, 0.8, 0.8, 0.8, 0.5];
        bool[] o = [false, false, true, false, true, true, true, true, false, true];
        BrierScore score = BrierScore.Of(p, o, bins: 0);
        // By hand: frequency .6; groups .1 (1 of 4), .5 (1 of 1), .8 (4 of 5).
        Assert.Equal((3 * 0.01 + 0.81 + 4 * 0.04 + 0.64 + 0.25) / 10, score.Score, 1e-15);
        Assert.Equal((4 * 0.15 * 0.15 + 0.25) / 10, score.Reliability, 1e-15);
        Assert.Equal((4 * 0.35 * 0.35 + 5 * 0.2 * 0.2 + 0.4 * 0.4) / 10, score.Resolution, 1e-15);
        Assert.Equal(0.24, score.Uncertainty, 1e-15);
        Assert.Equal(0, score.WithinBins, 1e-15);
        Assert.Equal(new CalibrationBin(0.8, 0.8, 5, 0.8, 0.8), score.Bins[2]);
        Assert.Equal(1 - score.Score / 0.24, score.Skill!.Value, 1e-15);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(10)]
    public void BrierParts_AddUp_ForAnyBins(int bins)
    {
        double[] p = Array.ConvertAll(Fixture.Normals(500, 5), StandardNormal.Cdf);
        p[0] = 1;
        double[] u = Array.ConvertAll(Fixture.Normals(500, 6), StandardNormal.Cdf);
        BrierScore score = BrierScore.Of(p, [.. p.Zip(u, (a, b) => b < a * a)], bins);
        Assert.Equal(
            score.Score, score.Reliability - score.Resolution + score.Uncertainty + score.WithinBins, 1e-14);
        Assert.Equal(500, score.Bins.Sum(bin => bin.Count));
        Assert.Null(BrierScore.Of([0.5], [true]).Skill);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => ForecastScore.SquaredError([1, 2], [1]), "2", "1", "aligned");
        Fixture.Says<ArgumentException>(() => ForecastScore.Qlike([1, 0], [1, 1]), "realised is 0 at index 1");
        Fixture.Says<ArgumentOutOfRangeException>(() => ForecastScore.Pinball([1], [1], 1), "probability is 1");
        Fixture.Says<ArgumentException>(
            () => ContinuousRankedProbability.Normal([1], [1], [0]), "deviations is 0 at index 0");
        Fixture.Says<ArgumentException>(() => ContinuousRankedProbability.Ensemble([1], [[1]]), "sample 0 has 1 value");
        Fixture.Says<ArgumentException>(() => ContinuousRankedProbability.Ensemble([1], []), "0 samples", "1 outcomes");
        Fixture.Says<ArgumentException>(
            () => ContinuousRankedProbability.Quantiles([1], [0.1, 0.9], [[2, 1]]), "Row 0", "must not fall");
        Fixture.Says<ArgumentOutOfRangeException>(
            () => ContinuousRankedProbability.Quantiles([1], [0.9, 0.1], [[1, 2]]), "level 1 is 0.1");
        Fixture.Says<ArgumentException>(() => BrierScore.Of([0.5, 1.5], [true, true]), "1.5 at index 1");
        Fixture.Says<ArgumentException>(() => BrierScore.Of([0.5], []), "1 probabilities", "0 outcomes");
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) <= 1e-14;
}
