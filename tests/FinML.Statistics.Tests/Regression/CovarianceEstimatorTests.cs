namespace FinML.Statistics.Tests;

/// <summary>Golden values: R's sandwich 3.0-2, make_regression.R.</summary>
public class CovarianceEstimatorTests
{
    public static TheoryData<string, double[]> Heteroscedastic => new()
    {
        { "const", [24.915268753080614, 0.020566450822724205, 2.3687491322233845] },
        { "HC0", [18.746157402823869, 0.017511901554828874, 3.594655058805865] },
        { "HC1", [20.428151424654043, 0.019083152296682962, 3.9171845345555059] },
        { "HC2", [21.403664520557157, 0.020034847647327339, 4.4942183802046083] },
        { "HC3", [24.713977765072666, 0.023175572155090435, 5.6309136783040969] },
    };

    [Theory]
    [MemberData(nameof(Heteroscedastic))]
    public void Heteroscedastic_MatchesSandwich(string type, double[] errors) => Matches(errors, type switch
    {
        "const" => CovarianceEstimator.Classical,
        "HC0" => CovarianceEstimator.HC0,
        "HC1" => CovarianceEstimator.HC1,
        "HC2" => CovarianceEstimator.HC2,
        _ => CovarianceEstimator.HC3,
    });

    [Fact]
    public void NeweyWest_MatchesSandwich()
    {
        const SmallSampleFactor Adjust = SmallSampleFactor.ObservationsOverDegreesOfFreedom;
        Matches([18.958298131797271, 0.016750785860193667, 3.3423753526828111], CovarianceEstimator.NeweyWest(4));
        Matches([24.368033092058788, 0.021872902183153756, 3.1734537802318594],
            CovarianceEstimator.NeweyWest(4, prewhiten: true, Adjust));
        Matches([24.374176533653465, 0.023586376464573532, 3.639934815069457],
            CovarianceEstimator.NeweyWest(Bandwidth.NeweyWest1994, prewhiten: true));
        Matches([20.936395420308312, 0.019890524761312846, 3.6378122225317409],
            CovarianceEstimator.NeweyWest(Bandwidth.NeweyWest1994));
    }

    public static TheoryData<HacKernel, bool, double, double[]> Andrews => new()
    {
        { HacKernel.Truncated, false, 1.2719047932028025,
            [24.974600711737853, 0.023988781017645677, 4.0106919624227331] },
        { HacKernel.Truncated, true, 0.87244043282186734,
            [26.561143085554033, 0.025702657863345642, 3.9665270049907937] },
        { HacKernel.Bartlett, false, 2.2754953721494675,
            [23.13935254267442, 0.021863745498459108, 3.9350336503733856] },
        { HacKernel.Bartlett, true, 1.4564864668096265,
            [27.370294140735655, 0.026511126948582441, 4.0692370016253525] },
        { HacKernel.Parzen, false, 5.1203258457569785,
            [23.443344375874933, 0.021697052421347639, 3.7777163202713293] },
        { HacKernel.Parzen, true, 3.5121962908971676,
            [27.883715751189659, 0.026832882069375872, 3.9979065297733989] },
        { HacKernel.QuadraticSpectral, false, 2.5436171942118064,
            [24.811263344336503, 0.023342388157067788, 3.8130975598355508] },
        { HacKernel.QuadraticSpectral, true, 1.7447488976460306,
            [28.082237539108156, 0.027356859017663958, 4.2091988438439767] },
    };

    [Theory]
    [MemberData(nameof(Andrews))]
    public void AndrewsBandwidth_MatchesSandwich(HacKernel kernel, bool prewhiten, double bandwidth, double[] errors)
    {
        LinearRegression fit = Matches(errors, CovarianceEstimator.Kernel(
            kernel, Bandwidth.Andrews, prewhiten, SmallSampleFactor.ObservationsOverDegreesOfFreedom));
        Fixture.Near(bandwidth, fit.Bandwidth!.Value, 1e-9);
    }

    [Fact]
    public void NeweyWest1994_OfOtherKernels_MatchesSandwich()
    {
        LinearRegression fit = Matches([28.195499037301566, 0.027454538068449177, 4.1938033798913921],
            CovarianceEstimator.QuadraticSpectral(Bandwidth.NeweyWest1994));
        Fixture.Near(1.8828530944270541, fit.Bandwidth!.Value, 1e-9);
        Matches([27.84097982474335, 0.026707488558411721, 3.9413100183195349], CovarianceEstimator.Kernel(
            HacKernel.Parzen, Bandwidth.NeweyWest1994, true, SmallSampleFactor.ObservationsOverDegreesOfFreedom));
    }

    [Fact]
    public void Clusters_MatchSandwich()
    {
        int[] firm = Samples.Integers("firm"), year = Samples.Integers("year");
        string[] firmNames = Array.ConvertAll(firm, f => $"firm {f}");
        (CovarianceEstimator Estimator, double Intercept, double Slope, int Freedom)[] expected =
        [
            (CovarianceEstimator.Classical, 0.028359316265665308, 0.028583287791283316, 4998),
            (CovarianceEstimator.Cluster(firmNames), 0.067012703698772824, 0.050595725884029545, 499),
            (CovarianceEstimator.Cluster(year), 0.023386721100948939, 0.033388913411926478, 9),
            (CovarianceEstimator.TwoWayCluster(firmNames, year), 0.065063918199389364, 0.053558022944937743, 9),
            (CovarianceEstimator.Cluster(firm, SmallSampleFactor.None),
                0.066938961215351686, 0.050540049060513306, 499),
        ];
        foreach ((CovarianceEstimator estimator, double intercept, double slope, int freedom) in expected)
        {
            LinearRegression fit = Samples.Petersen(estimator);
            Fixture.Near(1.03483343946, fit.Coefficient("x"), 1e-9);
            Fixture.Near(intercept, fit.StandardErrors[0], 1e-8); // the sample has 9 digits
            Fixture.Near(slope, fit.StandardErrors[1], 1e-8);
            Assert.Equal(freedom, fit.DegreesOfFreedom);
        }
    }

    // Every row its own cluster is HC1 but for the two factors.
    [Fact]
    public void SingletonClusters_AreHC0()
    {
        CovarianceEstimator singletons = CovarianceEstimator.Cluster(
            Enumerable.Range(0, 19).ToArray(), SmallSampleFactor.None);
        Matches([18.746157402823869, 0.017511901554828874, 3.594655058805865], singletons);
    }

    // R: waldtest(m, vcov = vcovHC(m, "HC1")).
    [Fact]
    public void WaldTest_UsesTheCovariance()
    {
        WaldTest test = Samples.Investment(CovarianceEstimator.HC1).Wald("RealGNP", "RealInt");
        Fixture.Near(39.72593317125461, test.Statistic, 1e-9);
        Fixture.Near(6.232818288754352e-07, test.PValue, 1e-8);
        Assert.Equal(16, test.DegreesOfFreedom);
    }

    // R: pchisq(6, 2, lower.tail = FALSE) = exp(-3).
    [Fact]
    public void WaldTest_WithoutDegreesOfFreedom_IsChiSquared() =>
        Fixture.Near(Math.Exp(-3), WaldTest.Of(3, 2, int.MaxValue).PValue, 1e-12);

    [Theory]
    [InlineData(HacKernel.Parzen, 0.25, 0.71875)]
    [InlineData(HacKernel.Parzen, 0.75, 0.03125)]
    [InlineData(HacKernel.Bartlett, 0.25, 0.75)]
    [InlineData(HacKernel.Truncated, 1.01, 0)]
    [InlineData(HacKernel.QuadraticSpectral, 1, 0.13786058167459359)] // R: kweights(1, "Quadratic Spectral")
    [InlineData(HacKernel.QuadraticSpectral, 1e-9, 1)]
    public void Weights_AreAndrews(HacKernel kernel, double x, double weight) =>
        Assert.Equal(weight, KernelCovariance.Weight(kernel, x), 1e-12);

    // floor(4 (n / 100)^(2/9)): 4 at 100, 4 at 200, 5 at 300.
    [Fact]
    public void RuleOfThumb_GivesItsLags()
    {
        Assert.Equal([4, 4, 5, 6], Array.ConvertAll([100, 200, 300, 1000], Bandwidth.RuleOfThumbLags));
        LinearRegression fit = Samples.Investment(CovarianceEstimator.NeweyWest(Bandwidth.RuleOfThumb(100)));
        Fixture.Near(18.958298131797271, fit.StandardErrors[0], 1e-9);
    }

    // A random walk's scores have no stationary VAR(1).
    [Fact]
    public void ExplosiveScores_AreNotPrewhitened()
    {
        double[] y = [.. Enumerable.Range(0, 40).Select(t => Math.Pow(1.2, t))];
        Fixture.Says<ArgumentException>(
            () => LinearRegression.Fit(y, DesignMatrix.Intercept(40), CovarianceEstimator.QuadraticSpectral()),
            "root of modulus", "below 1");
        Fixture.Says<ArgumentException>(
            () => LinearRegression.Fit([1, 2, 4], DesignMatrix.Intercept(3), CovarianceEstimator.QuadraticSpectral()),
            "3 rows of 1 scores", "4 or more");
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(
            () => Samples.Investment(CovarianceEstimator.NeweyWest(19)), "19 lags", "19 rows");
        Fixture.Says<ArgumentOutOfRangeException>(() => CovarianceEstimator.NeweyWest(-1), "-1");
        Fixture.Says<ArgumentException>(
            () => Samples.Investment(CovarianceEstimator.QuadraticSpectral(Bandwidth.Lags(3))), "no last lag");
        Fixture.Says<ArgumentException>(
            () => Samples.Investment(CovarianceEstimator.Cluster([1, 2, 3])), "3 cluster labels", "19 rows");
        Fixture.Says<ArgumentException>(() => CovarianceEstimator.Cluster(["a", "a"]), "1 cluster;");
        Fixture.Says<ArgumentException>(
            () => Samples.Investment(CovarianceEstimator.Kernel(HacKernel.Truncated, Bandwidth.NeweyWest1994)),
            "truncated");
        double[] dummy = [1, 0, 0, 0, 0, 0];
        Fixture.Says<ArgumentException>(
            () => LinearRegression.Fit(
                [3, 1, 4, 1, 5, 9], DesignMatrix.Of(("dummy", dummy)).WithIntercept(), CovarianceEstimator.HC3),
            "Row 0", "HC3");
    }

    private static LinearRegression Matches(double[] errors, CovarianceEstimator estimator)
    {
        LinearRegression fit = Samples.Investment(estimator);
        for (int j = 0; j < errors.Length; j++)
            Fixture.Near(errors[j], fit.StandardErrors[j], 1e-9);
        return fit;
    }
}
