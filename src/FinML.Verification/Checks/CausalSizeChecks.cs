using FinML.Data;
using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Nightly: size, power and coverage of what is said with instruments, learners and lags.</summary>
internal static class CausalSizeChecks
{
    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        .. InstrumentSizes(),
        .. LearnerCoverage(),
        .. PredictionSizes(),
    ];

    private static ReferenceCheck[] InstrumentSizes() =>
    [
        Simulation.Coverage("statistics.size.causal.anderson-rubin",
            "Anderson-Rubin sets, 3 instruments without any strength, correlation .9, 100 rows", 4_000,
            random => AndersonRubinSet.Of(Instruments(random, 100, 0)).Set.Contains(0)),
        Simulation.Coverage("statistics.size.causal.anderson-rubin-robust",
            "Anderson-Rubin sets by HC1, weak instruments, variance moving with them, 300 rows (HC1 is a little too " +
            "small for high leverages)", 2_000,
            random => AndersonRubinSet.Of(
                Instruments(random, 300, 0.05, unequal: true), CovarianceEstimator.HC1).Set.Contains(0),
            distortion: 0.01),
        Simulation.Coverage("statistics.size.causal.2sls", "two-stage least squares, 3 strong instruments, 300 rows",
            4_000,
            random => Holds(TwoStageLeastSquares.Fit(Instruments(random, 300, 0.5)), 0), distortion: 0.01),
        Simulation.Power("statistics.power.causal.weak-instruments-distort",
            "the interval of two-stage least squares misses the truth with 3 instruments of F about 1, correlation " +
            ".9: the distortion that weak-instrument tests are for", 1_000,
            random => Holds(TwoStageLeastSquares.Fit(Instruments(random, 300, 0.03)), 0) ? 1 : 0, atLeast: 0.25),
        Simulation.Coverage("statistics.size.causal.liml", "limited-information likelihood, 3 instruments, 300 rows",
            4_000,
            random => Holds(LimitedInformationMaximumLikelihood.Fit(Instruments(random, 300, 0.3)), 0),
            distortion: 0.01),
        Simulation.Coverage("statistics.size.causal.gmm",
            "two-step moments, 3 instruments, unequal variances, 500 rows (two-step errors are a little small)", 3_000,
            random => Holds(GeneralizedMethodOfMoments.Fit(Instruments(random, 500, 0.5, unequal: true)), 0),
            distortion: 0.015),
        Simulation.Size("statistics.size.causal.sargan", "Sargan, 3 valid instruments, 300 rows", 4_000,
            random => Overidentification.Sargan(TwoStageLeastSquares.Fit(Instruments(random, 300, 0.5))).PValue,
            distortion: 0.01),
        Simulation.Size("statistics.size.causal.hansen", "Hansen's J, unequal variances, 3 valid instruments, 500 rows",
            3_000, random => Overidentification.HansenJ(Instruments(random, 500, 0.5, unequal: true)).PValue,
            distortion: 0.01),
        Simulation.Power("statistics.power.causal.sargan",
            "Sargan, an instrument with an effect of its own of .3, 300 rows",
            1_000, random => Overidentification.Sargan(
                TwoStageLeastSquares.Fit(Instruments(random, 300, 0.5, invalid: 0.3))).PValue, atLeast: 0.9),
        Simulation.Size("statistics.size.causal.wu-hausman", "Wu-Hausman, a regressor that is exogenous, 200 rows",
            4_000,
            random => Endogeneity.WuHausman(Instruments(random, 200, 0.5, correlation: 0)).PValue),
        Simulation.Power("statistics.power.causal.wu-hausman", "Wu-Hausman, correlation .9, 200 rows", 1_000,
            random => Endogeneity.WuHausman(Instruments(random, 200, 0.5)).PValue, atLeast: 0.95),
        Simulation.Size("statistics.size.causal.c-statistic",
            "C statistic of an instrument that is valid, unequal variances, 500 rows", 3_000,
            random => Overidentification.CStatistic(Instruments(random, 500, 0.5, unequal: true), ["z0"]).PValue,
            distortion: 0.01),
        Simulation.Size("statistics.size.causal.rank",
            "Kleibergen-Paap LM by HC1, 3 instruments without any strength, 300 rows", 4_000,
            random => WeakInstruments.Of(Instruments(random, 300, 0), CovarianceEstimator.HC1)
                .Underidentification.PValue,
            distortion: 0.01),
    ];

    private static ReferenceCheck[] LearnerCoverage() =>
    [
        Simulation.Coverage("statistics.size.causal.partially-linear",
            "double machine learning, rigorous lasso, DoubleML's make_plr_CCDDHNR2018, 500 rows, 20 controls", 500,
            random => PartiallyLinear(random, PartiallyLinearScore.PartiallingOut), distortion: 0.01),
        Simulation.Coverage("statistics.size.causal.partially-linear-iv",
            "the same, IV-type score", 500,
            random => PartiallyLinear(random, PartiallyLinearScore.InstrumentType), distortion: 0.01),
        Simulation.Coverage("statistics.size.causal.interactive",
            "average effect, rigorous lasso and logistic propensity, effects that differ, 500 rows, 5 controls", 500,
            Interactive, distortion: 0.01),
    ];

    private static ReferenceCheck[] PredictionSizes() =>
    [
        Simulation.Size("statistics.size.causal.granger", "Granger, 2 lags, independent AR(.5), 200 periods", 4_000,
            random => GrangerTest.Of(("x", Draws.Autoregression(random, 200, 0.5)),
                ("y", Draws.Autoregression(random, 200, 0.5)), 2).PValue, distortion: 0.005),
        Simulation.Power("statistics.power.causal.granger", "Granger, 1 lag, y follows .3 x, 200 periods", 2_000,
            random =>
            {
                (string, double[])[] series = Named(Chain(random, 200, 0.5, 0.3));
                return GrangerTest.Of(series[0], series[1], 1).PValue;
            },
            atLeast: 0.95),
        Simulation.Size("statistics.size.causal.toda-yamamoto",
            "Toda-Yamamoto, independent random walks, 2 lags, 300 periods (chi-squared rejects a little too often)",
            3_000,
            random => GrangerTest.TodaYamamoto([("x", Walk(random, 300)), ("y", Walk(random, 300))], 2, 1,
                ["x"], ["y"]).ChiSquaredPValue, distortion: 0.015),
        Simulation.Size("statistics.size.causal.pcmci",
            "PCMCI, an absent link between two of three autocorrelated series (.9) of a chain, 300 periods, lags to 3",
            2_000, random => Pcmci.Run(Named(Chain(random, 300, 0.9, 0.4, 0.4)),
                new PcmciOptions { MaximumLag = 3, SelectionAlphas = [0.2] }).Link("x2", 2, "x0").PValue,
            distortion: 0.01),
        Simulation.Power("statistics.power.causal.pcmci", "PCMCI, a link of .3 between autocorrelated series (.7)",
            1_000,
            random => Pcmci.Run(Named(Chain(random, 300, 0.7, 0.3, 0.3)),
                new PcmciOptions { MaximumLag = 3, SelectionAlphas = [0.2] }).Link("x0", 1, "x1").PValue,
            atLeast: 0.95),
    ];

    private static bool Holds(InstrumentalEstimate fit, double truth)
    {
        (double lower, double upper) = fit.Interval(fit.Names[0]);
        return lower <= truth && truth <= upper;
    }

    /// <summary>y = u, x = strength (z0 + z1 + z2) + v: the effect is 0; the errors' scale moves with z0 where they are
    /// unequal.</summary>
    private static InstrumentalModel Instruments(RandomStream random, int count, double strength,
        double correlation = 0.9, bool unequal = false, double invalid = 0)
    {
        double[][] z = [.. Enumerable.Range(0, 3).Select(_ => Draws.Normals(random, count))];
        double[] y = new double[count], x = new double[count];
        for (int i = 0; i < count; i++)
        {
            double v = random.NextNormal(), e = random.NextNormal();
            double scale = unequal ? Math.Sqrt((1 + z[0][i] * z[0][i]) / 2) : 1;
            y[i] = scale * (correlation * v + Math.Sqrt(1 - correlation * correlation) * e) + invalid * z[0][i];
            x[i] = strength * (z[0][i] + z[1][i] + z[2][i]) + v;
        }

        return InstrumentalModel.Of(y, DesignMatrix.Of(("x", x)),
            DesignMatrix.Of([.. z.Select((column, j) => ($"z{j}", column))]), DesignMatrix.Intercept(count));
    }

    private static bool PartiallyLinear(RandomStream random, PartiallyLinearScore score)
    {
        const int Rows = 500, Controls = 20;
        double[][] x = Correlated(random, Rows, Controls, 0.7);
        double[] d = new double[Rows], y = new double[Rows];
        for (int i = 0; i < Rows; i++)
        {
            d[i] = x[0][i] + 0.25 * Logistic(x[2][i]) + random.NextNormal();
            y[i] = 0.5 * d[i] + Logistic(x[0][i]) + 0.25 * x[2][i] + random.NextNormal();
        }

        (double lower, double upper) = PartiallyLinearModel.Estimate(y, d, Design(x),
            crossFitting: new CrossFitting { Seed = random.NextUInt64() }, score: score).Interval();
        return lower <= 0.5 && 0.5 <= upper;
    }

    private static bool Interactive(RandomStream random)
    {
        const int Rows = 500;
        double[][] x = Correlated(random, Rows, 5, 0.5);
        double[] d = new double[Rows], y = new double[Rows];
        for (int i = 0; i < Rows; i++)
        {
            d[i] = random.NextDouble() < Logistic(0.5 * x[0][i] - 0.3 * x[1][i]) ? 1 : 0;
            y[i] = d[i] * (1 + 0.5 * x[1][i]) + x[0][i] + random.NextNormal(); // the average effect is 1
        }

        (double lower, double upper) = InteractiveModel.AverageEffect(
            y, d, Design(x), crossFitting: new CrossFitting { Seed = random.NextUInt64() }).Interval();
        return lower <= 1 && 1 <= upper;
    }

    /// <summary>Normal columns with correlation rho^|i - j|.</summary>
    private static double[][] Correlated(RandomStream random, int rows, int columns, double rho)
    {
        double[][] x = [.. Enumerable.Range(0, columns).Select(_ => Draws.Normals(random, rows))];
        for (int j = 1; j < columns; j++)
        {
            for (int i = 0; i < rows; i++)
                x[j][i] = rho * x[j - 1][i] + Math.Sqrt(1 - rho * rho) * x[j][i];
        }

        return x;
    }

    /// <summary>tigramite's a_chain: each series follows itself and, by its link, the one before it.</summary>
    private static double[][] Chain(RandomStream random, int count, double own, params double[] links)
    {
        const int Warm = 100;
        double[][] x = [.. Enumerable.Range(0, links.Length + 1).Select(_ => Draws.Normals(random, count + Warm))];
        for (int t = 1; t < count + Warm; t++)
        {
            for (int j = 0; j < x.Length; j++)
                x[j][t] += own * x[j][t - 1] + (j > 0 ? links[j - 1] * x[j - 1][t - 1] : 0);
        }

        return [.. x.Select(column => column[Warm..])];
    }

    private static double[] Walk(RandomStream random, int count)
    {
        double[] steps = Draws.Normals(random, count);
        for (int t = 1; t < count; t++)
            steps[t] += steps[t - 1];
        return steps;
    }

    private static (string, double[])[] Named(double[][] columns) =>
        [.. columns.Select((column, j) => ($"x{j}", column))];

    private static DesignMatrix Design(double[][] columns) => DesignMatrix.Of(Named(columns));

    private static double Logistic(double value) => 1 / (1 + Math.Exp(-value));
}
