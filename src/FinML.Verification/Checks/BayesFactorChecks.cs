using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Bayes factors, model averaging and Bayesian comparisons of models, held to published numbers.</summary>
internal static class BayesFactorChecks
{
    private const string Integrated = "the integral of Rouder et al. 2009, equation 1, by R's integrate at 1e-13";
    private const string Pingouin = "pingouin, tests/test_bayesian.py";
    private const string Package = "R, BayesFactor 0.9.12";
    private const string Baycomp = "baycomp, ten accuracies of two classifiers, ROPE .01";
    private const string Readme = "baycomp, README and docs: two samples of 50,000 draws, and ours";
    private const string Blma = "github certifiedwaif/blma, tests/testthat, UScrime";
    private const string Bms = "R, BMS 0.3.5, attitude, g = n, uniform over 64 models";

    private static readonly double[] SleepFirst = [.7, -1.6, -.2, -1.2, -.1, 3.4, 3.7, .8, 0, 2];
    private static readonly double[] SleepSecond = [1.9, .8, 1.1, .1, -.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    private static readonly double[] ScoresFirst = [.91, .88, .93, .90, .87, .92, .94, .89, .90, .93];
    private static readonly double[] ScoresSecond = [.89, .87, .90, .90, .86, .91, .90, .88, .89, .90];

    private static readonly double[] Mpg =
    [
        21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 32.4, 30.4,
        33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4,
    ];

    private static readonly double[] Weight =
    [
        2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424, 5.345, 2.2,
        1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57, 2.78,
    ];

    private static readonly double[] Horsepower =
    [
        110, 110, 93, 110, 175, 105, 245, 62, 95, 123, 123, 180, 180, 180, 205, 215, 230, 66, 52, 65, 97, 150, 150, 245,
        175, 66, 91, 113, 264, 175, 335, 109,
    ];

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        Jzs("2.03", "BF01 of t = 2.03, n = 80, r = 1 (the paper prints 1.56)", 1.55744684407,
            () => JzsTTest.OfStatistic(2.03, 80, EffectSizePrior.Wide).BayesFactor.OfNull),
        Jzs("2.24", "BF01 of t = 2.24, n = 80, r = 1", 1.02429933485,
            () => JzsTTest.OfStatistic(2.24, 80, EffectSizePrior.Wide).BayesFactor.OfNull),
        Jzs("null", "BF01 of t = 0, n = 10, r = 1", 4.30429109492,
            () => JzsTTest.OfStatistic(0, 10, EffectSizePrior.Wide).BayesFactor.OfNull),
        Jzs("strong", "BF10 of t = 5, n = 100, r = 1", 4932.54112942,
            () => JzsTTest.OfStatistic(5, 100, EffectSizePrior.Wide).BayesFactor.Value),
        Jzs("medium", "BF10 of t = 2.03, n = 80, r = sqrt(1/2)", 0.861185125274,
            () => JzsTTest.OfStatistic(2.03, 80).BayesFactor.Value),
        Jzs("small", "BF10 of t = 3.5, n = 20, r = sqrt(1/2)", 17.1846157196,
            () => JzsTTest.OfStatistic(3.5, 20).BayesFactor.Value),
        new("statistics.bayes.jzs.pingouin", "BF10 of t = 3.5, n = 20, r = sqrt(1/2)", Pingouin, 17.185, 1e-3,
            _ => JzsTTest.OfStatistic(3.5, 20).BayesFactor.Value),
        new("statistics.bayes.jzs.two-samples", "BF10 of t = 3.5, two samples of 20, r = sqrt(1/2)", Pingouin,
            26.743, 1e-3,
            _ => JzsTTest.OfStatistic(3.5, 20, 20).BayesFactor.Value),
        new("statistics.bayes.sleep.t", "t of the pairs of R's sleep", "R, t.test", -4.062127683382, 1e-12,
            _ => JzsTTest.Paired(SleepFirst, SleepSecond).Statistic),
        new("statistics.bayes.sleep.two-sided", "BF10 of the pairs of R's sleep", Package, 17.2588802678, 1e-8,
            _ => JzsTTest.Paired(SleepFirst, SleepSecond).BayesFactor.Value),
        new("statistics.bayes.sleep.one-sided", "BF-0 of the pairs of R's sleep", Package + " (mpmath: 34.4169359713)",
            34.416936005, 4e-8,
            _ => JzsTTest.Paired(SleepFirst, SleepSecond, alternative: Alternative.Less).BayesFactor.Value),
        new("statistics.bayes.regression.attitude", "BF10 of rating on complaints, R's attitude", Package, 417938.6, 42,
            _ => RegressionBayesFactor.Of(Attitude("rating"), Design("complaints")).Value),
        new("statistics.bayes.regression.r2", "log BF10 of R^2 = .6932, n = 30, p = 3", Package + ", linearReg.R2stat",
            10.0741, 5e-5, _ => RegressionBayesFactor.OfRSquared(0.6932, 30, 3).Log),
        new("statistics.bayes.correlation.ly", "BF10 of r = .1, n = 83, kappa = 1", Pingouin + " (JASP)", 0.204, 1e-3,
            _ => BayesianCorrelation.OfStatistic(0.1, 83).BayesFactor.Value),
        new("statistics.bayes.correlation.greater", "BF+0 of r = .1, n = 83, kappa = 1",
            Pingouin + " (JASP)", 0.332, 1e-3,
            _ => BayesianCorrelation.OfStatistic(0.1, 83, alternative: Alternative.Greater).BayesFactor.Value),
        new("statistics.bayes.correlation.less", "BF-0 of r = .1, n = 83, kappa = 1", Pingouin + " (JASP)", 0.076, 1e-3,
            _ => BayesianCorrelation.OfStatistic(0.1, 83, alternative: Alternative.Less).BayesFactor.Value),
        new("statistics.bayes.correlation.427", "BF+0 of r = -.856, n = 64, 976 by cancellation before",
            Pingouin + ", issue 427", 0, 0.05,
            _ => BayesianCorrelation.OfStatistic(-0.856, 64, alternative: Alternative.Greater).BayesFactor.Value),
        new("statistics.bayes.correlation.wetzels", "BF10 of r = .6, n = 20 after Wetzels and Wagenmakers", Pingouin,
            8.221, 1e-3, _ => BayesianCorrelation.WetzelsWagenmakers(0.6, 20).Value),
        Binomial("16-of-20", 16, 0.5, BetaPrior.Uniform, 0.09703159, 20),
        Binomial("16-of-20-at-.8", 16, 0.8, BetaPrior.Uniform, 4.582187, 20),
        Binomial("14-of-20-informed", 14, 0.5, new BetaPrior(6, 4), 0.37901, 20),
        Binomial("100-of-1000", 100, 0.1, BetaPrior.Uniform, 42.05881, 1000),
        new("statistics.bayes.bic.wt", "BIC of mpg on wt, R's mtcars", "R, BIC", 170.4266367, 1e-7,
            _ => Bic(("wt", Weight)).Value),
        new("statistics.bayes.bic.hp", "BIC of mpg on wt and hp, R's mtcars", "R, BIC", 162.5152824, 1e-7,
            _ => Bic(("wt", Weight), ("hp", Horsepower)).Value),
        new("statistics.bayes.bic.factor", "log Bayes factor of the two by BIC", "half the difference",
            3.95567715, 1e-7,
            _ => Bic(("wt", Weight), ("hp", Horsepower)).Against(Bic(("wt", Weight))).Log),
        new("statistics.bayes.correlated-t.first", "P(first better), correlated t-test", Baycomp, 0.8727558283, 1e-9,
            _ => CorrelatedT().FirstBetter),
        new("statistics.bayes.correlated-t.rope", "P(equivalent), correlated t-test", Baycomp, 0.1266799927, 1e-9,
            _ => CorrelatedT().Equivalent),
        new("statistics.bayes.correlated-t.second", "P(second better), correlated t-test", Baycomp, 0.0005641790, 1e-10,
            _ => CorrelatedT().SecondBetter),
        new("statistics.bayes.signed-rank.first", "P(nbc better than j48), 54 data sets, ROPE 1", Readme,
            0.23069, 0.007,
            _ => SignedRank().FirstBetter),
        new("statistics.bayes.signed-rank.rope", "P(nbc and j48 equivalent), 54 data sets, ROPE 1", Readme,
            0.0067, 0.0014,
            _ => SignedRank().Equivalent),
        new("statistics.bayes.signed-rank.second", "P(j48 better than nbc), 54 data sets, ROPE 1", Readme,
            0.76261, 0.007,
            _ => SignedRank().SecondBetter),
        new("statistics.bayes.sign.first", "P(nbc better than j48) by the sign test", Readme, 0.26426, 0.005,
            _ => Sign().FirstBetter),
        new("statistics.bayes.sign.rope", "P(nbc and j48 equivalent) by the sign test", Readme, 0.13498, 0.004,
            _ => Sign().Equivalent),
        new("statistics.bayes.sign.second", "P(j48 better than nbc) by the sign test", Readme, 0.60076, 0.0055,
            _ => Sign().SecondBetter),
        new("statistics.bayes.average.inclusion", "P(learning is in the model of rating)", Bms, 0.405639150166974, 1e-9,
            _ => AttitudeAverage().InclusionProbabilities[2]),
        new("statistics.bayes.average.slope", "posterior mean of the slope of complaints", Bms, 0.684449093556498, 1e-9,
            _ => AttitudeAverage().Slopes[0]),
        new("statistics.bayes.average.deviation", "its posterior standard deviation", Bms, 0.130384288701127, 1e-9,
            _ => AttitudeAverage().StandardDeviations[0]),
        Crime("bic", "BIC", BicPrior.Instance, 0.9027057249464372, 1e-9),
        Crime("hyper-g", "hyper-g", new HyperGPrior(), 0.8387376358181808, 1e-9),
        Crime("hyper-g-over-n", "hyper-g/n", new HyperGOverNPrior(), 0.8454731057912949, 1e-7),
        Crime("zellner-siow", "Zellner-Siow", ZellnerSiowPrior.Unit, 0.8482357484625307, 1e-7),
    ];

    private static ReferenceCheck Jzs(string id, string description, double expected, Func<double> got) => new(
        "statistics.bayes.jzs." + id, "JZS t-test: " + description, Integrated, expected, 1e-8 * Math.Max(1, expected),
        _ => got());

    private static ReferenceCheck Binomial(
        string id, int successes, double probability, BetaPrior prior, double nullFactor, int trials) => new(
        "statistics.bayes.binomial." + id, FormattableString.Invariant(
            $"BF01 of {successes} of {trials} at p = {probability}, beta({prior.A}, {prior.B})"),
        Pingouin, nullFactor, 1e-5 * nullFactor,
        _ => BayesianBinomialTest.Of(successes, trials, probability, prior).BayesFactor.OfNull);

    private static ReferenceCheck Crime(string id, string name, GPrior prior, double expected, double tolerance) => new(
        "statistics.bayes.average.crime-" + id, $"P(Prob is in the model of crime), {name}, uniform over 32,768 models",
        Blma, expected, tolerance, _ => CrimeAverage(prior).InclusionProbabilities[13]);

    private static double[] Attitude(string column) => Samples.Column("attitude.csv", column);

    private static DesignMatrix Design(params string[] names) =>
        DesignMatrix.Of([.. names.Select(name => (name, Attitude(name)))]);

    private static ModelAverage AttitudeAverage() => ModelAverage.Of(
        Attitude("rating"),
        Design("complaints", "privileges", "learning", "raises", "critical", "advance"),
        new() { Prior = FixedGPrior.UnitInformation(30), ModelPrior = ModelPrior.Uniform });

    private static ModelAverage CrimeAverage(GPrior prior)
    {
        string[] names =
            ["M", "So", "Ed", "Po1", "Po2", "LF", "M.F", "Pop", "NW", "U1", "U2", "GDP", "Ineq", "Prob", "Time"];
        DesignMatrix design = DesignMatrix.Of([.. names.Select(name => (name, name == "So"
            ? Samples.Column("uscrime.csv", name)
            : Array.ConvertAll(Samples.Column("uscrime.csv", name), Math.Log)))]);
        return ModelAverage.Of(
            Samples.Column("uscrime.csv", "y"), design, new() { Prior = prior, ModelPrior = ModelPrior.Uniform });
    }

    private static BayesianInformationCriterion Bic(params (string, double[])[] columns)
    {
        LinearRegression fit = LinearRegression.Fit(Mpg, DesignMatrix.Of(columns).WithIntercept());
        return BayesianInformationCriterion.OfRegression(fit.ResidualSumOfSquares, columns.Length + 1, Mpg.Length);
    }

    private static PracticalEquivalence CorrelatedT() =>
        CorrelatedTTest.OfScores(ScoresFirst, ScoresSecond, rope: 0.01).Probabilities;

    private static PracticalEquivalence SignedRank() => BayesianSignedRankTest.OfScores(
        Samples.Column("baycomp_accuracies.csv", "nbc"), Samples.Column("baycomp_accuracies.csv", "j48"), rope: 1)
        .Probabilities;

    private static PracticalEquivalence Sign() => BayesianSignTest.OfScores(
        Samples.Column("baycomp_accuracies.csv", "nbc"), Samples.Column("baycomp_accuracies.csv", "j48"), rope: 1)
        .Probabilities;
}
