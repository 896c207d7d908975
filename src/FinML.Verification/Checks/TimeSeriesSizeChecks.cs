using FinML.Data;
using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Nightly: size and power of the tests of time series, coverage of the intervals of fitted models.</summary>
internal static class TimeSeriesSizeChecks
{
    private static readonly VolatilityModel Garch = new()
    {
        Specification = new VolatilitySpecification(),
        Omega = 0.05,
        Alpha = 0.1,
        Beta = 0.85,
    };

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        Size("adf", "augmented Dickey-Fuller with a constant, lag by BIC, random walks of 250", 2_000,
            random => AugmentedDickeyFuller.Test(
                Walk(random, 250), TrendTerms.Constant, LagChoice.Bic, 8).PValue, 0.01),
        Power("adf", "augmented Dickey-Fuller, lag by BIC, 250 values of an AR(.9)", 2_000,
            random => AugmentedDickeyFuller.Test(
                Draws.Autoregression(random, 250, 0.9), TrendTerms.Constant, LagChoice.Bic, 8).PValue, 0.85),
        Size("kpss", "KPSS around a level, automatic lags, 500 independent normals", 4_000,
            random => Kpss.Test(Draws.Normals(random, 500)).PValue, 0.005),
        Size("kpss-persistent",
            "KPSS, automatic lags, 500 values of an AR(.8): too often, as long as the memory is (Caner, Kilian 2001)",
            2_000, random => Kpss.Test(Draws.Autoregression(random, 500, 0.8)).PValue, 0.06),
        Power("kpss", "KPSS, automatic lags, random walks of 500", 2_000,
            random => Kpss.Test(Walk(random, 500)).PValue, 0.85),
        Size("variance-ratio", "robust variance ratio over 5, 1,000 returns of a GARCH", 4_000,
            random => VarianceRatio.Test(Clustered(random, 1_000), 5).PValue, 0.005),
        Power("variance-ratio", "robust variance ratio over 5, 1,000 values of an AR(.15)", 2_000,
            random => VarianceRatio.Test(Draws.Autoregression(random, 1_000, 0.15), 5).PValue, 0.85),
        Size("chow-denning",
            "largest of the variance ratios over 2, 4, 8, 16, 1,000 normals: a bound, below nominal where they are "
                + "correlated", 4_000,
            random => ChowDenning.Test(Draws.Normals(random, 1_000), [2, 4, 8, 16]).PValue, 0.02),
        Size("box-pierce", "Box-Pierce, 5 lags, 500 independent normals", 4_000,
            random => BoxPierce.Test(Draws.Normals(random, 500), 5).PValue, 0.005),
        Size("ljung-box-garch",
            "Ljung-Box, 5 lags, 1,000 returns of a GARCH: too often, as its errors assume equal variances", 4_000,
            random => LjungBox.Test(Clustered(random, 1_000), 5).PValue, 0.15),
        Size("arch-lm", "ARCH-LM, 5 lags, 1,000 independent normals", 4_000,
            random => ArchTest.Test(Draws.Normals(random, 1_000), 5).PValue, 0.005),
        Power("arch-lm", "ARCH-LM, 5 lags, 1,000 returns of a GARCH(.1, .85)", 2_000,
            random => ArchTest.Test(Clustered(random, 1_000), 5).PValue, 0.85),
        Size("cusum-recursive", "CUSUM of recursive residuals, 200 normals: below nominal in small samples", 4_000,
            random => CusumTest.Recursive(Draws.Normals(random, 200), DesignMatrix.Intercept(200)).PValue, 0.02),
        Size("cusum-ols", "CUSUM of least-squares residuals, 200 normals: below nominal in small samples", 4_000,
            random => CusumTest.LeastSquares(Draws.Normals(random, 200), DesignMatrix.Intercept(200)).PValue, 0.02),
        Power("cusum-ols", "CUSUM of least-squares residuals, 200 normals, mean up by .6 in the middle", 2_000,
            random => CusumTest.LeastSquares(Shifted(random, 200, 0.6), DesignMatrix.Intercept(200)).PValue, 0.9),
        Size("quandt-andrews", "largest F of a break in the mean of 200 normals, trimming .15", 4_000,
            random => QuandtAndrews.Test(Draws.Normals(random, 200), DesignMatrix.Intercept(200)).PValue, 0.01),
        Power("quandt-andrews", "largest F, 200 normals, mean up by .6 in the middle", 2_000,
            random => QuandtAndrews.Test(Shifted(random, 200, 0.6), DesignMatrix.Intercept(200)).PValue, 0.85),
        Coverage("garch", "beta of GARCH(1,1), 2,000 returns, robust errors", 400, CoversBeta, 0.03),
        Coverage("gpd", "shape of 200 generalised Pareto excesses, maximum likelihood", 2_000, CoversShape, 0.01),
        Coverage("pot",
            "99.5 % value at risk of 1,000 losses, profile likelihood of 100 excesses: short, their number "
                + "counts as known",
            400, CoversRisk, 0.03),
        Coverage("hill", "shape of a Pareto tail, 200 of 2,000 losses", 4_000, CoversHill, 0.01),
        Coverage("gev", "shape of the extreme-value law, 200 maxima", 1_000, CoversMaxima, 0.02),
        Coverage("regimes", "standard deviation of the calm regime, 500 returns: errors a little small", 400,
            CoversRegime, 0.03),
    ];

    private static ReferenceCheck Size(
        string id, string description, int draws, Func<RandomStream, double> pValue, double distortion) =>
        Simulation.Size($"statistics.size.timeseries.{id}", description, draws, pValue, distortion: distortion);

    private static ReferenceCheck Power(
        string id, string description, int draws, Func<RandomStream, double> pValue, double atLeast) =>
        Simulation.Power($"statistics.power.timeseries.{id}", description, draws, pValue, atLeast);

    private static ReferenceCheck Coverage(
        string id, string description, int draws, Func<RandomStream, bool> holds, double distortion) =>
        Simulation.Coverage($"statistics.coverage.timeseries.{id}", description, draws, holds, distortion: distortion);

    private static double[] Walk(RandomStream random, int count)
    {
        double sum = 0;
        return Array.ConvertAll(Draws.Normals(random, count), e => sum += e);
    }

    private static double[] Clustered(RandomStream random, int count)
    {
        double h = Garch.LongRunVariance;
        return Array.ConvertAll(Draws.Normals(random, count), z =>
        {
            double e = z * Math.Sqrt(h);
            h = Garch.NextVariance(h, e);
            return e;
        });
    }

    private static double[] Shifted(RandomStream random, int count, double shift)
    {
        double[] values = Draws.Normals(random, count);
        for (int t = count / 2; t < count; t++)
            values[t] += shift;
        return values;
    }

    private static bool CoversBeta(RandomStream random)
    {
        VolatilityFit fit = VolatilityModel.Fit(Clustered(random, 2_000));
        return fit.Remark.Length == 0 && Math.Abs(fit.Model.Beta - Garch.Beta) <= 1.96 * fit.StandardErrors()[3];
    }

    private static double[] Pareto(RandomStream random, int count, double shape)
    {
        var values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = (Math.Pow(1 - random.NextDouble(), -shape) - 1) / shape;
        return values;
    }

    private static bool CoversShape(RandomStream random)
    {
        GeneralisedPareto tail = GeneralisedPareto.Fit(Pareto(random, 200, 0.25));
        return Math.Abs(tail.Shape - 0.25) <= 1.96 * tail.ShapeError;
    }

    private static bool CoversRisk(RandomStream random)
    {
        double[] losses = Pareto(random, 1_000, 0.25);
        double threshold = losses.Order().ElementAt(899), truth = (Math.Pow(0.005, -0.25) - 1) / 0.25;
        TailRiskEstimate risk = PeaksOverThreshold.Of(losses, threshold).ValueAtRisk(0.995);
        return risk.Lower <= truth && truth <= risk.Upper;
    }

    private static bool CoversHill(RandomStream random)
    {
        var losses = new double[2_000];
        for (int i = 0; i < losses.Length; i++)
            losses[i] = Math.Pow(1 - random.NextDouble(), -0.4);
        HillEstimate hill = HillEstimate.Of(losses, 200);
        return Math.Abs(hill.Shape - 0.4) <= 1.96 * hill.StandardError;
    }

    private static bool CoversMaxima(RandomStream random)
    {
        var maxima = new double[200];
        for (int i = 0; i < maxima.Length; i++)
            maxima[i] = (Math.Pow(-Math.Log(1 - random.NextDouble()), -0.15) - 1) / 0.15;
        GeneralisedExtremeValue fit = GeneralisedExtremeValue.Fit(maxima);
        return Math.Abs(fit.Shape - 0.15) <= 1.96 * fit.StandardErrors[2];
    }

    private static bool CoversRegime(RandomStream random)
    {
        double[] values = Draws.Normals(random, 500);
        bool calm = true;
        for (int t = 0; t < values.Length; t++)
        {
            values[t] *= calm ? 1 : 3;
            calm = random.NextDouble() < (calm ? 0.98 : 0.06);
        }

        MarkovSwitchingFit fit = MarkovSwitchingModel.Fit(values);
        return Math.Abs(fit.Model.Deviations[0] - 1) <= 1.96 * fit.StandardErrors()[4];
    }
}
