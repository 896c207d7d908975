namespace FinML.Statistics.Tests;

public sealed class InstrumentTestsTests
{
    private static CovarianceEstimator Estimator(string name) => name switch
    {
        "iid" => CovarianceEstimator.Classical,
        "robust" => CovarianceEstimator.HC1,
        "clustered" => CovarianceEstimator.Cluster(Instrumented.Clusters),
        _ => CovarianceEstimator.NeweyWest(4, factor: SmallSampleFactor.ObservationsOverDegreesOfFreedom),
    };

    private static InstrumentalModel Model(char name) => name switch
    {
        'A' => Instrumented.Simulated("y_robust", endogenous: 2),
        'B' => Instrumented.Simulated("y_robust"),
        _ => InstrumentalModel.Of(Instrumented.Column("y_robust"), Instrumented.Columns("x1", "x2"),
            Instrumented.Columns("z1", "z2", "x5"), Instrumented.Columns("x3", "x4").WithIntercept()),
    };

    [Theory] // ivreg2r 0.1.0 on simulated-data.dta, in linearmodels/tests/iv/test_rank_tests.py
    [InlineData('A', "iid", 1.02366462810958, 1, 0.507579977028276, 0.507579977028276)]
    [InlineData('A', "robust", 0.989618462661128, 1, 0.507579977028276, 0.495111283552873)]
    [InlineData('A', "clustered", 0.958326219766078, 1, 0.507579977028276, 0.481216532411928)]
    [InlineData('A', "kernel", 0.989164039658067, 1, 0.507579977028276, 0.501262987984046)]
    [InlineData('B', "iid", 32.763825565663, 2, 17.1548582963803, 17.1548582963803)]
    [InlineData('B', "robust", 28.2011546920011, 2, 17.1548582963803, 17.3639182117703)]
    [InlineData('B', "clustered", 28.4875757936386, 2, 17.1548582963803, 22.2146455418097)]
    [InlineData('B', "kernel", 26.0067505861319, 2, 17.1548582963803, 19.2327502441631)]
    [InlineData('C', "iid", 1.0853612924986, 2, 0.358818305691267, 0.358818305691267)]
    [InlineData('C', "robust", 1.05939417036869, 2, 0.358818305691267, 0.353702373816456)]
    [InlineData('C', "clustered", 1.05264944480239, 2, 0.358818305691267, 0.35471587132937)]
    [InlineData('C', "kernel", 1.05135458593092, 2, 0.358818305691267, 0.35685280129613)]
    public void RankStatisticsAreThoseOfIvreg2(
        char model, string covariance, double underidentification, int freedom, double craggDonald,
        double kleibergenPaap)
    {
        WeakInstruments weak = WeakInstruments.Of(Model(model), Estimator(covariance));
        Fixture.Near(underidentification, weak.Underidentification.Statistic, 1e-8);
        Assert.Equal(freedom, weak.Underidentification.DegreesOfFreedom);
        Fixture.Near(craggDonald, weak.CraggDonaldF, 1e-8);
        Fixture.Near(kleibergenPaap, weak.KleibergenPaapF, 1e-8);
    }

    [Theory]
    [InlineData("iid")]
    [InlineData("robust")]
    [InlineData("clustered")]
    [InlineData("kernel")]
    public void ForOneRegressorKleibergenPaapIsTheFirstStagesF(string covariance)
    {
        FirstStage stage = FirstStage.Of(Model('B'), Estimator(covariance))[0];
        Fixture.Near(stage.F.Statistic, WeakInstruments.Of(Model('B'), Estimator(covariance)).KleibergenPaapF, 1e-9);
    }

    [Fact] // R, AER::ivreg, summary(diagnostics = TRUE)
    public void DiagnosticsAreAers()
    {
        InstrumentalModel mroz = Instrumented.Mroz, cigarettes = Instrumented.Cigarettes;
        Fixture.Near(55.4003004277767630, FirstStage.Of(mroz)[0].F.Statistic, 1e-10);
        Fixture.Near(4.2689087246321319e-22, FirstStage.Of(mroz)[0].F.PValue, 1e-8);
        Fixture.Near(244.73375355591559810, FirstStage.Of(cigarettes)[0].F.Statistic, 1e-10);
        Fixture.Near(2.7925919161486741, Endogeneity.WuHausman(mroz).Statistic, 1e-9);
        Fixture.Near(9.5440553432353149e-02, Endogeneity.WuHausman(mroz).PValue, 1e-9);
        Assert.Equal(423, Endogeneity.WuHausman(mroz).Denominator);
        Fixture.Near(3.06781627294409542, Endogeneity.WuHausman(cigarettes).Statistic, 1e-9);
        Fixture.Near(0.3780714583128626, Overidentification.Sargan(TwoStageLeastSquares.Fit(mroz)).Statistic, 1e-8);
        Fixture.Near(5.3863717058461480e-01, Overidentification.Sargan(TwoStageLeastSquares.Fit(mroz)).PValue, 1e-8);
        Fixture.Near(0.33262214193652895, Overidentification.Sargan(TwoStageLeastSquares.Fit(cigarettes)).Statistic,
            1e-9);
    }

    [Fact] // Stata's estat overid and endog, in linearmodels/tests/iv/test_postestimation.py, to the digits printed
    public void PostestimationIsStatas()
    {
        InstrumentalModel over = Model('B'), exact = Model('A');
        InstrumentalEstimate fit = TwoStageLeastSquares.Fit(over);
        Fixture.Near(0.176535, Overidentification.Sargan(fit).Statistic, 1e-5);
        Assert.Equal(0.6744, Overidentification.Sargan(fit).PValue, 5e-5);
        Fixture.Near(0.174822, Overidentification.Basmann(fit).Statistic, 1e-5);
        Fixture.Near(600 * Math.Log(1 + 0.176587 / 600), Overidentification.LikelihoodRatio(over).Statistic, 1e-5);
        Fixture.Near(35.1258, Endogeneity.Durbin(exact).Statistic, 1e-5);
        Fixture.Near(0.156341, Endogeneity.Durbin(exact, "x1").Statistic, 1e-5);
        Fixture.Near(18.4063, Endogeneity.WuHausman(exact).Statistic, 1e-5);
        Fixture.Near(0.154557, Endogeneity.WuHausman(exact, "x1").Statistic, 1e-5);
        Fixture.Near(22.684, Endogeneity.CStatistic(exact, CovarianceEstimator.HC0).Statistic, 1e-5);
        Fixture.Near(0.158525, Endogeneity.CStatistic(exact, CovarianceEstimator.HC0, "x1").Statistic, 1e-5);
        Fixture.Near(0.22164820274,
            Overidentification.Test(TwoStageLeastSquares.Fit(over, CovarianceEstimator.HC1)).Statistic,
            1e-9);
    }

    [Fact]
    public void DurbinIsTheCStatisticWithEqualVariances()
    {
        InstrumentalModel model = Instrumented.Draw(120, 0.4, 8);
        Fixture.Near(Endogeneity.Durbin(model).Statistic,
            Endogeneity.CStatistic(model, CovarianceEstimator.Classical).Statistic, 1e-9);
    }

    [Fact]
    public void TheCStatisticFindsTheInvalidInstrument()
    {
        InstrumentalModel model = Instrumented.Draw(400, 0.7, 6, invalid: 0.4);
        Assert.True(Overidentification.CStatistic(model, ["z1"]).PValue < 1e-4);
        SpecificationTest two = Overidentification.CStatistic(model, ["z2", "z3"]); // all of J is then z1 against them
        Fixture.Near(Overidentification.HansenJ(model).Statistic, two.Statistic, 1e-9);
        Fixture.Says<ArgumentException>(() => Overidentification.CStatistic(model, ["z1", "z2", "z3"]),
            "0 instruments", "1");
        Fixture.Says<ArgumentException>(() => Overidentification.CStatistic(model, ["q"]), "'q'");
    }

    [Fact]
    public void WhatCannotBeTestedIsSaid()
    {
        InstrumentalModel exact = Model('A');
        Fixture.Says<InvalidOperationException>(
            () => Overidentification.Sargan(TwoStageLeastSquares.Fit(exact)), "exactly identified", "2 instruments",
            "2 end");
        Fixture.Says<InvalidOperationException>(() => Overidentification.HansenJ(exact), "exactly identified");
        Fixture.Says<ArgumentException>(() => EffectiveF.Of(exact), "2 endogenous", "WeakInstruments");
        Fixture.Says<ArgumentException>(() => AndersonRubinSet.Of(exact), "2 endogenous", "Test");
        Fixture.Says<ArgumentException>(() => AndersonRubinSet.Test(exact, [1]), "1 values", "2 endogenous");
        Fixture.Says<ArgumentException>(() => Endogeneity.Durbin(exact, "x9"), "'x9'");
        Fixture.Says<ArgumentException>(
            () => AndersonRubinSet.Of(Model('B'), CovarianceEstimator.NeweyWest(Bandwidth.Andrews)), "bandwidth",
            "fixed");
    }

    [Fact]
    public void EffectiveFIsTheFirstStagesWhereTheyMustAgree()
    {
        InstrumentalModel one = Instrumented.Draw(150, 0.3, 2, instruments: 1), three = Instrumented.Draw(150, 0.3, 2);
        Fixture.Near(FirstStage.Of(one, CovarianceEstimator.HC1)[0].F.Statistic,
            EffectiveF.Of(one, CovarianceEstimator.HC1).Statistic, 1e-10);
        Fixture.Near(FirstStage.Of(three)[0].F.Statistic,
            EffectiveF.Of(three, CovarianceEstimator.Classical).Statistic, 1e-10);
        EffectiveF f = EffectiveF.Of(one);
        Fixture.Near(23.1085112116065, f.CriticalValue, 1e-9); // R: qchisq(.95, 1, 10); table 1 of the paper has 23.1
        Assert.Equal(1, f.EffectiveDegreesOfFreedom, 1e-12);
        Assert.Equal(3, EffectiveF.Of(three, CovarianceEstimator.Classical).EffectiveDegreesOfFreedom, 1e-9);
    }

    [Fact] // R, make_causal.R
    public void EffectiveFWithUnequalVariancesIsRs()
    {
        EffectiveF f = EffectiveF.Of(Model('B'), CovarianceEstimator.HC1);
        Fixture.Near(16.545994240960251, f.Statistic, 1e-10);
        Fixture.Near(1.8281499353144715, f.EffectiveDegreesOfFreedom, 1e-10);
        Fixture.Near(19.707830045718161, f.CriticalValue, 1e-9);
        Assert.False(f.IsStrong); // the robust F of 17.4 is above 10, and the bias may still exceed a tenth
    }

    [Theory] // R: qchisq(.95, df, ncp)
    [InlineData(1, 25, 44.1540797236103)]
    [InlineData(2.5, 10, 24.9603254712408)]
    [InlineData(7, 25, 51.0605937894383)]
    public void TheNoncentralQuantileIsRs(double freedom, double noncentrality, double expected) =>
        Fixture.Near(expected, NoncentralChiSquared.Quantile(0.95, freedom, noncentrality), 1e-10);
}
