using System.Globalization;

namespace FinML.Statistics.Tests;

public sealed class InstrumentalEstimateTests
{
    public static TheoryData<int> StataRows => [.. Enumerable.Range(0, 72)];

    [Fact] // R, AER::ivreg
    public void MrozIsAersEstimate()
    {
        InstrumentalEstimate fit = TwoStageLeastSquares.Fit(Instrumented.Mroz);
        Fixture.Near(0.06139662785545775547, fit.Coefficient("education"), 1e-10);
        Fixture.Near(0.0314366956183242882, fit.StandardError("education"), 1e-10);
        Fixture.Near(0.04810030462939197948, fit.Coefficient("(Intercept)"), 1e-9);
        Fixture.Near(0.4003280772682944466, fit.StandardError("(Intercept)"), 1e-10);
        Fixture.Near(-0.00089896962534115744, fit.Coefficient("experience^2"), 1e-9);
        Fixture.Near(0.0004016856115392288, fit.StandardError("experience^2"), 1e-10);
        Fixture.Near(0.10748963896343878555, fit.LeastSquares().Coefficient("education"), 1e-11);
        Fixture.Near(0.03318243483867024113,
            TwoStageLeastSquares.Fit(Instrumented.Mroz, CovarianceEstimator.HC0).StandardError("education"), 1e-9);
    }

    [Fact] // R, AER::ivreg and sandwich::vcovHC
    public void CigarettesAreAersEstimate()
    {
        InstrumentalEstimate fit = TwoStageLeastSquares.Fit(Instrumented.Cigarettes);
        Fixture.Near(-1.27742413342728245, fit.Coefficient("price"), 1e-11);
        Fixture.Near(0.26319859027974929, fit.StandardError("price"), 1e-10);
        Fixture.Near(0.24961000039804387,
            TwoStageLeastSquares.Fit(Instrumented.Cigarettes, CovarianceEstimator.HC1).StandardError("price"), 1e-10);
    }

    [Theory]
    [MemberData(nameof(StataRows))]
    public void SimulatedDataAreStatas(int row)
    {
        string[] cells = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "stata_ivregress.csv"))
            .ElementAt(row + 1).Split(',');
        double[] numbers = [.. cells[5..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
        CovarianceEstimator estimator = cells[3] switch
        {
            "unadjusted" => CovarianceEstimator.Classical,
            "robust" => CovarianceEstimator.HC1,
            "cluster" => CovarianceEstimator.Cluster(Instrumented.Clusters),
            _ => CovarianceEstimator.NeweyWest(
                12, factor: SmallSampleFactor.ObservationsOverDegreesOfFreedom),
        };
        if (cells[4] == "asymptotic")
            estimator = estimator.WithoutFactor();
        string outcome = cells[3] == "cluster" ? "y_clustered" : cells[3] == "hac" ? "y_kernel" : $"y_{cells[3]}";
        InstrumentalModel model = Instrumented.Simulated(outcome, cells[1][0] - '0', cells[2][0] - '0');
        InstrumentalEstimate fit = cells[0] switch
        {
            "2sls" => TwoStageLeastSquares.Fit(model, estimator),
            "liml" => LimitedInformationMaximumLikelihood.Fit(model, estimator),
            _ => GeneralizedMethodOfMoments.Fit(model, estimator),
        };

        double correction = 1;
        if (cells[4] == "asymptotic" && cells[3] == "unadjusted" && cells[0] != "gmm")
            correction = Math.Sqrt(600.0 / (600 - fit.Names.Count)); // the k-class always divides by n - k
        Fixture.Near(numbers[0], fit.Coefficient("x1"), 1e-7);
        Fixture.Near(numbers[1], correction * fit.TStatistics[0], 1e-7);
        Fixture.Near(numbers[2], fit.Coefficient("(Intercept)"), 1e-9);
        Fixture.Near(numbers[3], correction * fit.TStatistics[fit.IndexOf("(Intercept)")], 1e-8);
        Assert.Equal(numbers[4], fit.Kappa ?? fit.Moments!.Objective, 1e-9);
    }

    [Fact] // linearmodels, IVGMM(iter_limit=1000, tol=1e-20), IVGMMCUE (whose search stops early), IVLIML(fuller=1)
    public void IteratedUpdatedAndFullerAreLinearmodels()
    {
        InstrumentalModel model = Instrumented.Simulated("y_robust");
        InstrumentalEstimate iterated =
            GeneralizedMethodOfMoments.Fit(model, CovarianceEstimator.HC0, GmmIteration.Iterated);
        Fixture.Near(1.0390362771808195, iterated.Coefficient("x1"), 1e-9);
        Fixture.Near(0.3224621612258079, iterated.StandardError("x1"), 1e-8);
        Fixture.Near(0.2195455187652334, iterated.Moments!.J!.Statistic, 1e-8);

        InstrumentalEstimate updated =
            GeneralizedMethodOfMoments.Fit(model, CovarianceEstimator.HC0, GmmIteration.ContinuouslyUpdated);
        Fixture.Near(1.042230020633684, updated.Coefficient("x1"), 1e-5); // scipy's Nelder-Mead, from linearmodels' end
        Fixture.Near(0.21944376542520877, updated.Moments!.Objective, 1e-9);
        Assert.Equal((true, true), (iterated.Moments.Converged, updated.Moments.Converged));

        InstrumentalEstimate fuller = LimitedInformationMaximumLikelihood.Fuller(model, 1, CovarianceEstimator.HC0);
        Fixture.Near(1.0017815116904298, fuller.Coefficient("x1"), 1e-10);
        Fixture.Near(0.32629571793855006, fuller.StandardError("x1"), 1e-10);
        Fixture.Near(0.9986108102993616, fuller.Kappa!.Value, 1e-13);
        Fixture.Near(0.2095021864170035,
            LimitedInformationMaximumLikelihood.Fuller(model).StandardError("x1"), 1e-10);
        Fixture.Near(0.35224955520039286, LimitedInformationMaximumLikelihood.Fit(
            model, CovarianceEstimator.NeweyWest(4)).StandardError("x1"), 1e-8);
    }

    [Fact]
    public void ContinuousUpdatingWithEqualVariancesIsLimitedInformation()
    {
        InstrumentalModel model = Instrumented.Draw(200, 0.2, 11, instruments: 5);
        double expected = LimitedInformationMaximumLikelihood.Fit(model).Coefficient("x");
        InstrumentalEstimate updated = GeneralizedMethodOfMoments.Fit(
            model, CovarianceEstimator.Classical, GmmIteration.ContinuouslyUpdated);
        Assert.Equal(expected, updated.Coefficient("x"), 1e-6 * updated.StandardError("x"));
    }

    [Fact]
    public void ExactlyIdentifiedEstimatorsAgreeWithTheRatioOfCovariances()
    {
        InstrumentalModel model = Instrumented.Draw(100, 0.5, 3, instruments: 1);
        double ratio = (model.Z.Column(0) * model.Y) / (model.Z.Column(0) * model.X.Column(0));
        Fixture.Near(ratio, TwoStageLeastSquares.Fit(model).Coefficient("x"), 1e-12);
        Fixture.Near(ratio, LimitedInformationMaximumLikelihood.Fit(model).Coefficient("x"), 1e-10);
        foreach (GmmIteration iteration in Enum.GetValues<GmmIteration>())
            Fixture.Near(ratio, GeneralizedMethodOfMoments.Fit(model, null, iteration).Coefficient("x"), 1e-7);
    }

    [Fact]
    public void AllCovarianceEstimatorsApply()
    {
        InstrumentalModel model = Instrumented.Mroz;
        foreach (CovarianceEstimator estimator in new[]
            { CovarianceEstimator.HC2, CovarianceEstimator.HC3, CovarianceEstimator.QuadraticSpectral() })
            Assert.InRange(TwoStageLeastSquares.Fit(model, estimator).StandardError("education"), 0.03, 0.04);
        Fixture.Says<InvalidOperationException>(
            () => GeneralizedMethodOfMoments.Fit(model, CovarianceEstimator.HC3), "leverages");
    }

    [Fact]
    public void AssumptionsCarryTheDiagnostics()
    {
        ICausalResult strong = TwoStageLeastSquares.Fit(Instrumented.Cigarettes, CovarianceEstimator.HC1);
        Assert.Equal(CausalClaim.Effect, strong.Claim);
        Assert.Equal(["relevance", "exclusion", "independence", "monotonicity"],
            strong.Assumptions.Select(a => a.Name));
        Assert.Equal(["Kleibergen-Paap rank LM", "Kleibergen-Paap F", "effective F", "Hansen J"],
            strong.Diagnostics.Select(d => d.Name));
        Assert.Empty(strong.Contradicted);

        ICausalResult weak = TwoStageLeastSquares.Fit(Instrumented.Draw(200, 0.02, 5));
        Assert.Equal(["relevance"], weak.Contradicted);
        Assert.Contains(weak.Diagnostics, d => d.Reading.Contains("identification is weak", StringComparison.Ordinal));

        ICausalResult invalid = TwoStageLeastSquares.Fit(Instrumented.Draw(500, 1, 5, invalid: 0.5));
        Assert.Equal(["exclusion"], invalid.Contradicted);
    }

    [Fact]
    public void WhatCannotBeTestedIsSaidWhereTheAssumptionStands()
    {
        CovarianceEstimator two = CovarianceEstimator.Cluster(Enumerable.Range(0, 200).Select(i => i / 100).ToArray());
        InstrumentalModel model = Instrumented.Draw(200, 0.5, 5, instruments: 5);
        ICausalResult few = TwoStageLeastSquares.Fit(model, two);
        Assert.Equal([true, true, true, true], few.Assumptions.Select(assumption => assumption.IsUntested));
        Assert.Contains("too few rows or clusters", few.Assumptions[1].Statement, StringComparison.Ordinal);
        Fixture.Says<ArgumentException>(() => WeakInstruments.Of(model, two), "5 moments", "clusters");
        Fixture.Says<ArgumentException>(() => AndersonRubinSet.Of(model, two), "5 moments", "clusters");

        ICausalResult leverages = TwoStageLeastSquares.Fit(model, CovarianceEstimator.HC3);
        Assert.Equal(4, leverages.Diagnostics.Count());
    }

    [Fact]
    public void BadInputIsNamed()
    {
        double[] y = Fixture.Normals(50, 1), x = Fixture.Normals(50, 2), z = Fixture.Normals(50, 3),
            w = Fixture.Normals(50, 4);
        DesignMatrix two = DesignMatrix.Of(("a", x), ("b", w)), one = DesignMatrix.Of(("z", z));
        Fixture.Says<ArgumentException>(() => InstrumentalModel.Of(y, two, one),
            "underidentified", "2 endogenous", "a, b", "1 instrument (z)", "at least 2");
        Fixture.Says<ArgumentException>(() => InstrumentalModel.Of(y, DesignMatrix.Of(("x", x)),
            DesignMatrix.Of(("z", z), ("2 z", Array.ConvertAll(z, v => 2 * v)))), "'2 z'", "linear combination of 'z'");
        Fixture.Says<ArgumentException>(() => InstrumentalModel.Of(y, DesignMatrix.Of(("x", x)), one,
            DesignMatrix.Of(("x + 1", Array.ConvertAll(x, v => v + 1))).WithIntercept()), "'x'", "linear combination");
        Fixture.Says<ArgumentException>(() => InstrumentalModel.Of(y, DesignMatrix.Of(("x", x)), one, one), "'z'",
            "twice");
        Fixture.Says<ArgumentException>(() => InstrumentalModel.Of(y[..49], DesignMatrix.Of(("x", x)), one),
            "49", "50", "aligned");
        Fixture.Says<ArgumentException>(() => InstrumentalModel.Of(new double[50], DesignMatrix.Of(("x", x)), one),
            "constant");
        Fixture.Says<ArgumentException>(() => InstrumentalModel.Of(y[..3], DesignMatrix.Of(("x", x[..3])),
            DesignMatrix.Of(("z", z[..3])), DesignMatrix.Intercept(3)), "3 rows", "at least 4");
        y[9] = double.NaN;
        Fixture.Says<ArgumentException>(() => InstrumentalModel.Of(y, DesignMatrix.Of(("x", x)), one), "NaN",
            "index 9");
    }

    [Fact]
    public void AnInstrumentThatExplainsNothingIsRefused()
    {
        double[] x = [1, 1, -1, -1, 1, 1, -1, -1], z = [1, -1, 1, -1, 1, -1, 1, -1];
        InstrumentalModel model = InstrumentalModel.Of(
            Fixture.Normals(8, 1), DesignMatrix.Of(("x", x)), DesignMatrix.Of(("z", z)), DesignMatrix.Intercept(8));
        foreach (Action fit in new Action[]
            { () => TwoStageLeastSquares.Fit(model), () => GeneralizedMethodOfMoments.Fit(model) })
            Fixture.Says<ArgumentException>(fit, "instruments (z) explain nothing", "(x)", "not identified");
    }
}
