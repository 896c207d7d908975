using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Instrumental variables, held to R's AER, Stata's ivregress and ivreg2's diagnostics.</summary>
internal static class InstrumentChecks
{
    private const string Card = "Card 1995, computed by R's AER::ivreg";
    private const string Mroz = "R AER::ivreg, PSID1976 (Mroz 1987)";
    private const string Cigarettes = "R AER::ivreg, CigarettesSW, 1995 (Stock and Watson)";
    private const string Stata = "Stata 13 ivregress, logs in linearmodels/tests/iv/results";
    private const string Ivreg2 = "ivreg2r 0.1.0, in linearmodels/tests/iv/test_rank_tests.py";

    private static readonly CovarianceEstimator Kernel4 =
        CovarianceEstimator.NeweyWest(4, factor: SmallSampleFactor.ObservationsOverDegreesOfFreedom);

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        .. CardChecks(), .. MrozChecks(), .. CigaretteChecks(), .. StataChecks(),
        .. Rank("a", "two weak regressors, two instruments", 0.507579977028276,
            (1.02366462810958, 0.507579977028276), (0.989618462661128, 0.495111283552873),
            (0.958326219766078, 0.481216532411928), (0.989164039658067, 0.501262987984046),
            () => InstrumentedModels.Simulated("y_robust", "x1", "x2")),
        .. Rank("b", "one regressor, two instruments", 17.1548582963803,
            (32.763825565663, 17.1548582963803), (28.2011546920011, 17.3639182117703),
            (28.4875757936386, 22.2146455418097), (26.0067505861319, 19.2327502441631),
            () => InstrumentedModels.Simulated("y_robust", "x1")),
        .. Rank("c", "two weak regressors, three instruments", 0.358818305691267,
            (1.0853612924986, 0.358818305691267), (1.05939417036869, 0.353702373816456),
            (1.05264944480239, 0.35471587132937), (1.05135458593092, 0.35685280129613),
            InstrumentedModels.SimulatedWithoutX5),
        new("statistics.causal.iv.effective-f.critical", "critical value of the effective F, one instrument, bias .1",
            "R, qchisq(.95, 1, ncp = 10); Montiel Olea and Pflueger 2013, table 1: 23.1", 23.1085112116065, 1e-8,
            context => EffectiveF.Of(InstrumentedModels.Card(context)).CriticalValue),
        new("statistics.causal.iv.anderson-rubin.lower", "lower end of the 95 % Anderson-Rubin set of schooling",
            "Card 1995, the quadratic equation in R", 0.024804767175181316, 1e-9,
            context => AndersonRubinSet.Of(InstrumentedModels.Card(context)).Set.Pieces.Single().Lower),
        new("statistics.causal.iv.anderson-rubin.upper", "its upper end", "Card 1995, the quadratic equation in R",
            0.284823494634359520, 1e-9,
            context => AndersonRubinSet.Of(InstrumentedModels.Card(context)).Set.Pieces.Single().Upper),
    ];

    private static ReferenceCheck[] CardChecks() =>
    [
        Of("card.ols", "return to a year of schooling by least squares", Card, 0.07469325077, 1e-10,
            context => Fit(context).LeastSquares().Coefficient("educ")),
        Of("card.ols-error", "its standard error", Card, 0.003498345634, 1e-11,
            context => Fit(context).LeastSquares().StandardError("educ")),
        Of("card.2sls", "return to a year of schooling, college nearby as the instrument", Card, 0.13150377546, 1e-9,
            context => Fit(context).Coefficient("educ")),
        Of("card.2sls-error", "its standard error", Card, 0.05496366787, 1e-10,
            context => Fit(context).StandardError("educ")),
        Of("card.first-stage", "years of schooling by a college nearby", Card, 0.3198989401, 1e-9,
            context => Stage(context).Regression.Coefficient("nearc4")),
        Of("card.first-stage-error", "its standard error", Card, 0.0878638178, 1e-9,
            context => Stage(context).Regression.StandardError("nearc4")),
        Of("card.f", "first-stage F", Card, 13.255785331, 1e-8, context => Stage(context).F.Statistic),
        Of("card.wu-hausman", "Wu-Hausman F", Card, 1.167643197, 1e-8,
            context => Endogeneity.WuHausman(InstrumentedModels.Card(context)).Statistic),
    ];

    private static InstrumentalEstimate Fit(VerificationContext context) =>
        TwoStageLeastSquares.Fit(InstrumentedModels.Card(context));

    private static FirstStage Stage(VerificationContext context) => FirstStage.Of(InstrumentedModels.Card(context))[0];

    private static ReferenceCheck[] MrozChecks() =>
    [
        Of("mroz.2sls", "return to a year of schooling, the parents' as instruments", Mroz, 0.0613966278555, 1e-11,
            context => TwoStageLeastSquares.Fit(InstrumentedModels.Mroz(context)).Coefficient("educ")),
        Of("mroz.2sls-error", "its standard error", Mroz, 0.0314366956183, 1e-11,
            context => TwoStageLeastSquares.Fit(InstrumentedModels.Mroz(context)).StandardError("educ")),
        Of("mroz.ols", "the same by least squares", Mroz, 0.1074896389634, 1e-11,
            context => TwoStageLeastSquares.Fit(InstrumentedModels.Mroz(context)).LeastSquares().Coefficient("educ")),
        Of("mroz.f", "first-stage F", Mroz, 55.4003004278, 1e-8,
            context => FirstStage.Of(InstrumentedModels.Mroz(context))[0].F.Statistic),
        Of("mroz.wu-hausman", "Wu-Hausman F", Mroz, 2.7925919161, 1e-8,
            context => Endogeneity.WuHausman(InstrumentedModels.Mroz(context)).Statistic),
        Of("mroz.sargan", "Sargan's statistic", Mroz, 0.3780714583, 1e-9,
            context => Overidentification.Sargan(TwoStageLeastSquares.Fit(InstrumentedModels.Mroz(context))).Statistic),
    ];

    private static ReferenceCheck[] CigaretteChecks() =>
    [
        Of("cigarettes.2sls", "price elasticity of demand", Cigarettes, -1.2774241334, 1e-9,
            context => TwoStageLeastSquares.Fit(InstrumentedModels.Cigarettes(context)).Coefficient("price")),
        Of("cigarettes.2sls-error", "its standard error", Cigarettes, 0.2631985903, 1e-9,
            context => TwoStageLeastSquares.Fit(InstrumentedModels.Cigarettes(context)).StandardError("price")),
        Of("cigarettes.2sls-robust", "its standard error, HC1", Cigarettes, 0.24961, 1e-6,
            context => TwoStageLeastSquares.Fit(InstrumentedModels.Cigarettes(context), CovarianceEstimator.HC1)
                .StandardError("price")),
        Of("cigarettes.f", "first-stage F", Cigarettes, 244.7337535559, 1e-7,
            context => FirstStage.Of(InstrumentedModels.Cigarettes(context))[0].F.Statistic),
        Of("cigarettes.wu-hausman", "Wu-Hausman F", Cigarettes, 3.0678162729, 1e-8,
            context => Endogeneity.WuHausman(InstrumentedModels.Cigarettes(context)).Statistic),
        Of("cigarettes.sargan", "Sargan's statistic", Cigarettes, 0.3326221419, 1e-9,
            context => Overidentification.Sargan(
                TwoStageLeastSquares.Fit(InstrumentedModels.Cigarettes(context))).Statistic),
    ];

    private static ReferenceCheck[] StataChecks()
    {
        InstrumentalModel Model(string outcome) => InstrumentedModels.Simulated(outcome, "x1");
        CovarianceEstimator kernel12 =
            CovarianceEstimator.NeweyWest(12, factor: SmallSampleFactor.ObservationsOverDegreesOfFreedom);
        return
        [
            Of("stata.2sls-t", "t of x1 by two-stage least squares, small", Stata, 1.7787519707, 1e-8,
                _ => TwoStageLeastSquares.Fit(Model("y_unadjusted")).TStatistics[0]),
            Of("stata.2sls-robust-t", "t of x1, robust, small", Stata, 2.9870898344, 1e-8,
                _ => TwoStageLeastSquares.Fit(Model("y_robust"), CovarianceEstimator.HC1).TStatistics[0]),
            Of("stata.2sls-cluster-t", "t of x1, clustered, small", Stata, 1.5539629486, 1e-8,
                _ => TwoStageLeastSquares.Fit(Model("y_clustered"), InstrumentedModels.Clusters).TStatistics[0]),
            Of("stata.2sls-hac-t", "t of x1, Bartlett 12, small", Stata, 1.8833983582, 1e-8,
                _ => TwoStageLeastSquares.Fit(Model("y_kernel"), kernel12).TStatistics[0]),
            Of("stata.liml", "x1 by limited-information maximum likelihood", Stata, 0.41372060151, 1e-9,
                _ => LimitedInformationMaximumLikelihood.Fit(Model("y_unadjusted")).Coefficient("x1")),
            Of("stata.liml-kappa", "its kappa", Stata, 1.0006333763, 1e-9,
                _ => LimitedInformationMaximumLikelihood.Fit(Model("y_unadjusted")).Kappa!.Value),
            Of("stata.liml-t", "its t, small", Stata, 1.7332089738, 1e-8,
                _ => LimitedInformationMaximumLikelihood.Fit(Model("y_unadjusted")).TStatistics[0]),
            Of("stata.just-identified", "x1 by z1 alone, a constant beside it", Stata, 3.0259727879, 1e-8,
                _ => TwoStageLeastSquares.Fit(InstrumentalModel.Of(
                    Samples.Column("iv_simulated.csv", "y_unadjusted"),
                    DesignMatrix.Of(("x1", Samples.Column("iv_simulated.csv", "x1"))),
                    DesignMatrix.Of(("z1", Samples.Column("iv_simulated.csv", "z1"))),
                    DesignMatrix.Intercept(600))).Coefficient("x1")),
            Of("stata.gmm", "x1 by two-step moments, robust weights", Stata, 1.0398102562, 1e-9,
                _ => GeneralizedMethodOfMoments.Fit(Model("y_robust")).Coefficient("x1")),
            Of("stata.gmm-t", "its t", Stata, 3.2249701728, 1e-8,
                _ => GeneralizedMethodOfMoments.Fit(Model("y_robust")).TStatistics[0]),
            Of("stata.gmm-j", "Hansen's J", Stata, 0.22164820274, 1e-9,
                _ => Overidentification.HansenJ(Model("y_robust")).Statistic),
            Of("stata.c-statistic", "C statistic that x1 and x2 are exogenous",
                "Stata estat endogenous, in linearmodels/tests/iv/test_postestimation.py", 22.684, 5e-4,
                _ => Endogeneity.CStatistic(InstrumentedModels.Simulated("y_robust", "x1", "x2")).Statistic),
            Of("stata.c-statistic-one", "C statistic that x1 is exogenous",
                "Stata estat endogenous, in linearmodels/tests/iv/test_postestimation.py", 0.158525, 1e-6,
                _ => Endogeneity.CStatistic(
                    InstrumentedModels.Simulated("y_robust", "x1", "x2"), null, "x1").Statistic),
        ];
    }

    /// <summary>Cragg-Donald's F, then the LM statistic and Kleibergen-Paap's F by covariance: relative 1e-8.</summary>
    private static IEnumerable<ReferenceCheck> Rank(
        string id,
        string model,
        double craggDonald,
        (double Lm, double F) equal,
        (double Lm, double F) robust,
        (double Lm, double F) clustered,
        (double Lm, double F) kernel,
        Func<InstrumentalModel> make)
    {
        yield return Of($"rank.{id}.cragg-donald", $"Cragg-Donald F, {model}", Ivreg2, craggDonald, 1e-8 * craggDonald,
            _ => WeakInstruments.Of(make()).CraggDonaldF);
        (string Name, Func<CovarianceEstimator> Estimator, (double Lm, double F) Expected)[] rows =
        [
            ("equal", () => CovarianceEstimator.Classical, equal), ("robust", () => CovarianceEstimator.HC1, robust),
            ("clustered", () => InstrumentedModels.Clusters, clustered), ("bartlett", () => Kernel4, kernel),
        ];
        foreach ((string name, Func<CovarianceEstimator> estimator, (double lm, double f)) in rows)
        {
            yield return Of($"rank.{id}.{name}.f", $"Kleibergen-Paap F, {name} errors, {model}", Ivreg2, f, 1e-8 * f,
                _ => WeakInstruments.Of(make(), estimator()).KleibergenPaapF);
            yield return Of($"rank.{id}.{name}.lm", $"Kleibergen-Paap LM, {name} errors, {model}", Ivreg2, lm,
                1e-8 * lm,
                _ => WeakInstruments.Of(make(), estimator()).Underidentification.Statistic);
        }
    }

    private static ReferenceCheck Of(string id, string description, string source, double expected, double tolerance,
        Func<VerificationContext, double> compute) =>
        new($"statistics.causal.iv.{id}", description, source, expected, tolerance, compute);
}
