namespace FinML.Statistics.Tests;

// Numbers from Golden/make_stylized_facts.R unless said otherwise.
public class StylizedFactsTests
{
    private static readonly CircularBlockBootstrap Blocks = new(50);
    private static readonly BootstrapOptions Options = new() { Replicates = 199, Seed = 3 };

    /// <summary>The series of Ding, Granger and Engle (1993); its first value is not a return.</summary>
    private static double[] Dge => Fixture.Column("sp500_dge_returns_1928_1991.csv.gz", "log_return")[1..];

    [Fact]
    public void JarqueBera_MatchesR()
    {
        Fixture.Near(357878.309654834, JarqueBera.Test(Dge).Statistic, 1e-12);
        JarqueBera test = JarqueBera.Test(Fixture.Dax);
        Fixture.Near(3149.64130484541, test.Statistic, 1e-12);
        Assert.Equal(0, test.PValue, 1e-300);
        Fixture.Near(2.119404295495990, JarqueBera.Test(Fixture.Nile).Statistic, 1e-12);
        Fixture.Near(0.346559018342991, JarqueBera.Test(Fixture.Nile).PValue, 1e-12);
        Fixture.Says<ArgumentException>(() => JarqueBera.Test([1, 1, 1, 1]), "constant at 1");
        Fixture.Says<ArgumentException>(() => JarqueBera.Test([1, 2, 3]), "3 values", "at least 4");
    }

    [Fact]
    public void LaggedCorrelation_OfASeriesWithItself_IsItsAutocorrelation()
    {
        double[] sizes = Array.ConvertAll(Dge, Math.Abs), direct = Autocorrelation.Compute(sizes, 100);
        var correlation = LaggedCorrelation.Auto(sizes, [0, 1, 10, 100, -10], Blocks, Options);
        double[] expected = [1, direct[1], direct[10], direct[100], direct[10]];
        for (int i = 0; i < expected.Length; i++)
            Fixture.Near(expected[i], correlation.Values[i], 1e-11);
        Fixture.Near(0.318074147606513, correlation.Values[1], 1e-11);
        Fixture.Near(0.162843093079136, correlation.At(100).Estimate, 1e-11);
    }

    [Fact]
    public void LaggedCorrelation_OfReturnAndSquare_MatchesR()
    {
        double[] expected = [-0.014532634523987021, 0.034825802771755773, -0.149668927673935165,
            -0.058108650690486104, 0.000752973289349796];
        var leverage = LaggedCorrelation.Of(
            Fixture.Dax, Array.ConvertAll(Fixture.Dax, r => r * r), [-5, -1, 0, 1, 5], Blocks, Options);
        for (int i = 0; i < expected.Length; i++)
            Fixture.Near(expected[i], leverage.Values[i], 1e-9);
        BootstrapInterval mean = leverage.Interval("mean", values => values.ToArray().Average());
        Fixture.Near(expected.Average(), mean.Estimate, 1e-9);
    }

    // Bartlett: the variance of r_k of an AR(1) with rho = .6, n r_1 -> 1 - rho^2; the interval holds the truth in
    // most samples, and its width is that of the asymptotic law.
    [Fact]
    public void LaggedCorrelation_HasTheSpreadOfBartlettsFormula()
    {
        const int Samples = 60, Length = 2_000;
        int held = 0;
        double error = 0;
        for (ulong seed = 1; seed <= Samples; seed++)
        {
            BootstrapInterval interval = LaggedCorrelation.Auto(
                Fixture.Autoregression(Length, 0.6, seed), [1], Blocks, Options).At(1);
            held += interval.Contains(0.6) ? 1 : 0;
            error += interval.StandardError / Samples;
        }

        double asymptotic = Math.Sqrt((1 - 0.36) / Length);
        Assert.InRange(error / asymptotic, 0.85, 1.1);
        Assert.InRange(held, 51, 60); // a true coverage of .92 gives fewer in 4 of 1,000 draws of the samples
    }

    [Fact]
    public void DecayFit_FindsExactShapes()
    {
        int[] lags = [1, 2, 5, 10, 30, 100];
        foreach (double rate in (double[])[0.003, 0.3, 2])
        {
            DecayFit power = DecayFit.Of(
                lags, [.. lags.Select(k => 0.4 * Math.Pow(k, -rate))], DecayKind.PowerLaw);
            Fixture.Near(rate, power.Rate, 1e-6);
            Fixture.Near(0.4, power.Amplitude, 1e-6);
            Assert.Equal(1, power.RSquared, 1e-9);
            Fixture.Near(0.4 * Math.Pow(7, -rate), power.At(7), 1e-6);
            DecayFit exponential = DecayFit.Of(
                lags, [.. lags.Select(k => 0.4 * Math.Exp(-rate * k))], DecayKind.Exponential);
            Fixture.Near(rate, exponential.Rate, 1e-6);
            Fixture.Near(Math.Log(2) / rate, exponential.HalfLife, 1e-6);
        }
    }

    [Fact]
    public void DecayFit_MatchesNls()
    {
        double[] rho = Autocorrelation.Compute(Array.ConvertAll(Fixture.DemGbp, Math.Abs), 60)[1..];
        int[] lags = [.. Enumerable.Range(1, 60)];
        DecayFit power = DecayFit.Of(lags, rho, DecayKind.PowerLaw);
        Fixture.Near(0.2842341827739060, power.Amplitude, 1e-6);
        Fixture.Near(0.2979348228699266, power.Rate, 1e-6);
        Fixture.Near(0.0234784484210469, power.ResidualSumOfSquares, 1e-9);
        DecayFit exponential = DecayFit.Of(lags, rho, DecayKind.Exponential);
        Fixture.Near(0.1969689703954965, exponential.Amplitude, 1e-6);
        Fixture.Near(0.0193987670300590, exponential.Rate, 1e-6);
        Fixture.Near(0.0319655173730871, exponential.ResidualSumOfSquares, 1e-9);
    }

    [Fact]
    public void TaylorEffect_MatchesR_AndPeaksNearOne()
    {
        double[] powers = [.. Enumerable.Range(1, 12).Select(i => i / 4.0)];
        var effect = TaylorEffect.Of(Dge, powers, 10, new CircularBlockBootstrap(250), Options);
        Fixture.Near(0.222245494975717, effect.Correlations[1], 1e-11);
        Fixture.Near(0.247199949823069, effect.Correlations[3], 1e-11);
        Fixture.Near(0.1074330469698362, effect.Correlations[7], 1e-11);
        BootstrapInterval best = effect.BestPower();
        Assert.InRange(best.Estimate, 0.75, 1.25);
        Assert.True(best.Lower <= best.Estimate && best.Estimate <= best.Upper && best.Upper < 2);
        Fixture.Near(effect.Correlations[3], effect.Intervals()[3].Estimate, 1e-12);
        Fixture.Near(effect.Correlations[3] - effect.Correlations[7], effect.Difference(1, 2).Estimate, 1e-12);
        Fixture.Says<ArgumentException>(() => effect.Difference(1, 0.1), "power 0.1 is not among the 12");
    }

    // Sorting once and sorting every resample are the same; ties and short blocks among them.
    [Theory]
    [InlineData(1, 0.05)]
    [InlineData(7, 0.013)]
    [InlineData(40, 0.3)]
    public void TailIndex_OfResamples_IsHillsEstimateOfEach(int block, double share)
    {
        double[] sizes = Array.ConvertAll(Fixture.DemGbp, r => Math.Round(Math.Abs(r), 2) + 0.01);
        var scheme = new CircularBlockBootstrap(block);
        double[] direct = scheme.Replicates(
            sizes, SampleStatistic.Of("hill", x => HillEstimate.Of(x, (int)(share * x.Length)).TailIndex), Options);
        double[] once = scheme.Replicates(sizes, SampleStatistic.TailIndex(share), Options);
        for (int i = 0; i < direct.Length; i++)
            Fixture.Near(direct[i], once[i], 1e-10);
        Fixture.Near(HillEstimate.Of(sizes, (int)(share * sizes.Length)).TailIndex,
            SampleStatistic.TailIndex(share).Evaluate(sizes));
        Fixture.Says<ArgumentException>(() => SampleStatistic.TailIndex(1), "share is 1", "between 0 and 1");
        Fixture.Says<ArgumentException>(
            () => scheme.Interval(Fixture.DemGbp, SampleStatistic.TailIndex(0.9), Options), "must be above 0");
    }

    // By quadrature in R, integrate().
    [Fact]
    public void GaussianTailIndex_MatchesQuadrature() =>
        Fixture.Near(5.99845672025766, StylizedFacts.GaussianTailIndex(0.05), 1e-9);

    [Fact]
    public void StylizedFacts_OfIndependentNormalReturns_AreNotShown()
    {
        var facts = StylizedFacts.Of(Fixture.Normals(8_000, 21), Blocks, Options);
        Assert.Equal(10, facts.Count);
        Assert.InRange(facts.Count(fact => fact.IsShown), 0, 2); // ten intervals at 95 %
    }

    [Fact]
    public void StylizedFacts_OfTheSP500_AreShown()
    {
        var facts = StylizedFacts.Of(Dge, new CircularBlockBootstrap(250), Options).ToDictionary(f => f.Name);

        // The facts are of returns less their mean: the first autocorrelation of |r| itself is .318.
        Assert.Equal(0.319, facts["autocorrelation of |r|, lag 1"].Interval.Estimate, 5e-4);
        foreach (string name in (string[])["excess kurtosis", "tail index of |r|", "autocorrelation of |r|, lag 100",
            "leverage, lags 1 to 10"])
            Assert.True(facts[name].IsShown, name);
        Assert.True(facts["leverage, lags 1 to 10"].Interval.Upper < 0);
        Assert.True(facts["tail index of |r|"].Interval.Upper < facts["tail index of |r|"].Gaussian);
        Fixture.Says<ArgumentException>(() => StylizedFacts.Of(new double[20], Blocks), "20 values", "at least 400");
    }

    // One plateau of 1 in zeros has no maximum inside: |r|^d is the same for every d.
    [Fact]
    public void TaylorEffect_OfASignal_IsTheSameForEveryPower()
    {
        double[] values = [.. Enumerable.Range(0, 400).Select(t => t % 40 < 10 ? 1.0 : 0)];
        var effect = TaylorEffect.Of(values, [0.5, 1, 2], 1, Blocks, Options);
        Fixture.Near(effect.Correlations[0], effect.Correlations[2], 1e-12);
    }

    [Fact]
    public void AggregatedMoments_MatchR()
    {
        var moments = AggregatedMoments.Of(Fixture.Dax, [1, 5, 20], Blocks, Options);
        BootstrapInterval[] kurtosis = moments.ExcessKurtosis(), skewness = moments.Skewness();
        double[] thirds = [-0.550435376042938, -0.416018308226829, -0.51083443565653];
        double[] fourths = [6.550806042203197, 1.699232086305917, 0.53795094085682];
        for (int i = 0; i < 3; i++)
        {
            Fixture.Near(thirds[i], skewness[i].Estimate, 1e-9);
            Fixture.Near(fourths[i], kurtosis[i].Estimate, 1e-9);
        }

        Assert.Equal([6.0, 15], AggregatedMoments.Sums([1, 2, 3, 4, 5, 6, 7], 3));
    }

    [Fact]
    public void ScalingExponents_MatchR()
    {
        double mean = Fixture.Dax.Average();
        double[] centred = Array.ConvertAll(Fixture.Dax, r => r - mean);
        var scaling = ScalingExponents.Of(centred, [1, 2], [1, 2, 5, 10], Blocks, Options);
        BootstrapInterval[] zeta = scaling.Zeta();
        Fixture.Near(0.511080317062166, zeta[0].Estimate, 1e-9);
        Fixture.Near(0.957005347145027, zeta[1].Estimate, 1e-9);
        Fixture.Near(2 * 0.511080317062166 - 0.957005347145027, scaling.Concavity().Estimate, 1e-8);
    }

    // A random walk has zeta(q) = q / 2 and no concavity.
    [Fact]
    public void ScalingExponents_OfARandomWalk_AreALine()
    {
        var scaling = ScalingExponents.Of(Fixture.Normals(40_000, 8), [1, 2, 3], [1, 2, 4, 8, 16], Blocks, Options);
        double[] zeta = [.. scaling.Zeta().Select(z => z.Estimate)];
        for (int i = 0; i < 3; i++)
            Assert.Equal((i + 1) / 2.0, zeta[i], 0.01 * (i + 1));
        Assert.True(scaling.Concavity().Contains(0));
    }

    // By reflection P(max S_j >= 3, j <= n) = P(S_n >= 3) + P(S_n > 3), from the binomial coefficients.
    [Fact]
    public void FirstPassage_OfCoinTosses_FollowsTheReflectionPrinciple()
    {
        double[] steps = Array.ConvertAll(Fixture.Normals(60_000, 2), z => z > 0 ? 1.0 : -1);
        var passage = FirstPassage.Of(steps, 3, [3, 5, 7], Blocks, Options);
        double[] expected = [1 / 8.0, (1 + 5 + 1) / 32.0, (1 + 7 + 21 + 1 + 7) / 128.0];
        BootstrapInterval[] gains = passage.Gains(), losses = passage.Losses(), asymmetry = passage.Asymmetry();
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(expected[i], gains[i].Estimate, 0.012);
            Assert.Equal(expected[i], losses[i].Estimate, 0.012);
            Assert.True(asymmetry[i].Contains(0));
        }
    }

    [Fact]
    public void FirstPassage_ByHand()
    {
        // Four starts: 1 2 -1 gains in two, 1 -2 -3 loses in two, -3 loses in one, -1 -1 1 does neither.
        var passage = FirstPassage.Of([1, 1, -3, -1, 0, 2], 2, [1, 2, 3], new CircularBlockBootstrap(1), Options);
        Assert.Equal([0, 0.25, 0.25], passage.Gains().Select(g => g.Estimate));
        Assert.Equal([0.25, 0.5, 0.5], passage.Losses().Select(l => l.Estimate));
    }

    [Fact]
    public void RobustBoxPierce_MatchesR()
    {
        RobustBoxPierce test = RobustBoxPierce.Test(Fixture.Dax, 10);
        Fixture.Near(0.0297898838275472, test.StandardErrors[0], 1e-12);
        Fixture.Near(0.0267684879477927, test.StandardErrors[9], 1e-12);
        Fixture.Near(4.182812806283596, test.Statistic, 1e-11);
        Fixture.Near(0.938723320290394, test.PValue, 1e-11);
        Assert.Equal(10, test.Lags);
    }

    [Fact]
    public void BadInput_IsRefusedInASentence()
    {
        double[] r = Fixture.Normals(200, 1);
        Fixture.Says<ArgumentException>(() => LaggedCorrelation.Auto(r, [], Blocks), "0 lags");
        Fixture.Says<ArgumentException>(() => LaggedCorrelation.Auto(r, [200], Blocks), "200", "-199 to 199");
        Fixture.Says<ArgumentException>(() => LaggedCorrelation.Of(r, r.AsSpan(1), [1], Blocks), "aligned");
        Fixture.Says<ArgumentException>(
            () => LaggedCorrelation.Auto(r, [1, 4], Blocks, Options).At(2), "lag 2 is not among the 2", "1 to 4");
        Fixture.Says<ArgumentException>(() => DecayFit.Of([1, 2], [1, 2, 3], DecayKind.PowerLaw), "2 lags", "3");
        Fixture.Says<ArgumentException>(() => DecayFit.Of([1, 3, 2], [1, 2, 3], DecayKind.PowerLaw), "index 2 is 2");
        Fixture.Says<ArgumentException>(() => DecayFit.Of([0, 3, 4], [1, 2, 3], DecayKind.PowerLaw), "index 0 is 0");
        Fixture.Says<ArgumentException>(() => DecayFit.Of([1, 2, 3], [1, 1, 1], DecayKind.PowerLaw), "constant at 1");
        Fixture.Says<ArgumentException>(() => DecayFit.Of([1, 2, 3], [1, 2, 1], (DecayKind)7), "kind is 7");
        Fixture.Says<ArgumentException>(() => TaylorEffect.Of(r, [1, 2], 1, Blocks), "2 powers", "at least 3");
        Fixture.Says<ArgumentException>(() => TaylorEffect.Of(r, [1, 2, 2], 1, Blocks), "2 follows 2");
        Fixture.Says<ArgumentException>(() => TaylorEffect.Of(r, [0, 1, 2], 1, Blocks), "powers is 0", "above 0");
        Fixture.Says<ArgumentException>(() => TaylorEffect.Of([1, -1, 1, -1], [1, 2, 3], 1, Blocks), "constant");
        Fixture.Says<ArgumentException>(() => AggregatedMoments.Of(r, [101], Blocks), "101", "1 to 100");
        Fixture.Says<ArgumentException>(() => AggregatedMoments.Of(r, [], Blocks), "0 horizons");
        Fixture.Says<ArgumentException>(() => ScalingExponents.Of(r, [1], [3, 2], Blocks), "2 follows 3");
        Fixture.Says<ArgumentException>(() => ScalingExponents.Of(r, [], [1, 2], Blocks), "0 powers");
        Fixture.Says<InvalidOperationException>(
            () => ScalingExponents.Of(r, [1], [1, 2], Blocks, Options).Concavity(), "1 power");
        Fixture.Says<ArgumentException>(() => FirstPassage.Of(r, 0, [5], Blocks), "level is 0", "above 0");
        Fixture.Says<ArgumentException>(() => FirstPassage.Of(r, 1, [150], Blocks), "150", "1 to 100");
        Fixture.Says<ArgumentException>(() => RobustBoxPierce.Test([1, 0, 0, 0, -1, 0], 5), "1 apart");
        Fixture.Says<ArgumentException>(() => RobustBoxPierce.Test(r, 200), "200", "1 to 199");
    }
}
