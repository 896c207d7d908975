using FinML.Data;
using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Nightly: size, power and coverage of tests of coefficients, and of the analysis of variance.</summary>
internal static class RegressionSizeChecks
{
    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        Simulation.Size("statistics.size.regression.classical", "slope, n = 30, normal errors: exact", 40_000,
            random => Slope(Independent(random, 30, 0, spread: false), CovarianceEstimator.Classical)),
        Simulation.Power("statistics.power.regression.classical", "slope .5, n = 100, normal errors", 2_000,
            random => Slope(Independent(random, 100, 0.5, spread: false), CovarianceEstimator.Classical), 0.99),
        Simulation.Size("statistics.size.regression.hc3",
            "slope, n = 100, errors as large as |x|, HC3: up to 1 point too often", 10_000,
            random => Slope(Independent(random, 100, 0, spread: true), CovarianceEstimator.HC3), distortion: 0.01),
        Simulation.Power("statistics.power.regression.hc3", "slope .6, n = 100, errors as large as |x|, HC3", 2_000,
            random => Slope(Independent(random, 100, 0.6, spread: true), CovarianceEstimator.HC3), 0.8),
        Simulation.Size("statistics.size.regression.newey-west",
            "slope, n = 250, x and errors AR(.5), Newey-West with Andrews's lag: up to 4 points too often", 4_000,
            random => Slope(Dependent(random, 250, 0), CovarianceEstimator.NeweyWest(Bandwidth.Andrews)),
            distortion: 0.04),
        Simulation.Size("statistics.size.regression.quadratic-spectral",
            "the same, quadratic spectral, prewhitened: up to 2.5 points too often", 2_000,
            random => Slope(Dependent(random, 250, 0), CovarianceEstimator.QuadraticSpectral()), distortion: 0.025),
        Simulation.Power("statistics.power.regression.newey-west",
            "slope .3, n = 250, x and errors AR(.5), Newey-West with Andrews's lag", 2_000,
            random => Slope(Dependent(random, 250, 0.3), CovarianceEstimator.NeweyWest(Bandwidth.Andrews)), 0.9),
        Simulation.Size("statistics.size.regression.cluster",
            "slope, 40 clusters of 10 with common parts in x and errors, t with 39: up to 1.5 points too often", 4_000,
            random => Clustered(random, 40, 10, 0), distortion: 0.015),
        Simulation.Power("statistics.power.regression.cluster", "slope .3, the same clusters", 2_000,
            random => Clustered(random, 40, 10, 0.3), 0.6),
        Simulation.Size("statistics.size.regression.two-way",
            "slope, 40 by 20 panel with common parts of rows and of columns, t with 19: up to 2 points too often",
            2_000, random => TwoWay(random, 40, 20), distortion: 0.02),
        Simulation.Size("statistics.size.regression.wald",
            "three slopes together, n = 200, errors as large as |x|, HC3: within 1.5 points", 4_000,
            random => Together(random, 0), distortion: 0.015),
        Simulation.Power("statistics.power.regression.wald", "one of the three slopes .5", 2_000,
            random => Together(random, 0.5), 0.9),
        Simulation.Size("statistics.size.regression.ar1",
            "slope, n = 100, x and errors AR(.5), Prais-Winsten: up to 1.5 points too often", 2_000,
            random =>
            {
                (double[] y, DesignMatrix x) = Dependent(random, 100, 0);
                return GeneralizedLeastSquares.FitAr1(y, x).PValues[1];
            }, distortion: 0.015),
        Simulation.Coverage("statistics.size.regression.quantile-difference",
            "slope of the median, n = 200, errors as large as 1 + x, difference sandwich: within 2 points", 2_000,
            random => CoversMedianSlope(random, 200, x => 1 + x, QuantileErrors.DifferenceSandwich), distortion: 0.02),
        Simulation.Coverage("statistics.size.regression.quantile-kernel",
            "slope of the median, n = 200, errors as large as 1 + (x - 1)^2, kernel sandwich: up to 4.5 points more",
            2_000, random => CoversMedianSlope(random, 200, x => 1 + (x - 1) * (x - 1), QuantileErrors.KernelSandwich),
            distortion: 0.045),
        Simulation.Coverage("statistics.size.regression.quantile-alike",
            "slope of the median, n = 200, errors alike, Siddiqui's sparsity: within 1.5 points", 2_000,
            random => CoversMedianSlope(random, 200, _ => 1, QuantileErrors.Alike), distortion: 0.015),
        Simulation.Size("statistics.size.regression.bisquare",
            "slope, n = 100, Student errors with 3 degrees of freedom, bisquare: up to 1 point too often", 2_000,
            random => RobustSlope(random, 100, 0), distortion: 0.01),
        Simulation.Power("statistics.power.regression.bisquare", "slope .5, the same errors", 1_000,
            random => RobustSlope(random, 100, 0.5), 0.9),
        Simulation.Size("statistics.size.anova", "one-way analysis of variance, 4 groups of 10: exact", 10_000,
            random => Anova(random, 0)),
        Simulation.Power("statistics.power.anova", "4 groups of 10, one mean 1.5 standard deviations off", 2_000,
            random => Anova(random, 1.5), 0.9),
    ];

    private static double Slope((double[] Y, DesignMatrix X) data, CovarianceEstimator estimator) =>
        LinearRegression.Fit(data.Y, data.X, estimator).PValues[1];

    private static (double[] Y, DesignMatrix X) Independent(RandomStream random, int n, double slope, bool spread)
    {
        double[] x = Draws.Normals(random, n), e = Draws.Normals(random, n);
        return (
            [.. x.Zip(e, (a, b) => slope * a + (spread ? Math.Abs(a) : 1) * b)],
            DesignMatrix.Of(("x", x)).WithIntercept());
    }

    private static (double[] Y, DesignMatrix X) Dependent(RandomStream random, int n, double slope)
    {
        double[] x = Draws.Autoregression(random, n, 0.5), e = Draws.Autoregression(random, n, 0.5);
        return ([.. x.Zip(e, (a, b) => slope * a + b)], DesignMatrix.Of(("x", x)).WithIntercept());
    }

    private static double Clustered(RandomStream random, int clusters, int size, double slope)
    {
        int n = clusters * size;
        double[] x = Draws.Normals(random, n), y = Draws.Normals(random, n);
        int[] ids = [.. Enumerable.Range(0, n).Select(i => i / size)];
        for (int g = 0; g < clusters; g++)
        {
            double commonX = random.NextNormal(), commonE = random.NextNormal();
            for (int i = g * size; i < (g + 1) * size; i++)
            {
                x[i] += commonX;
                y[i] += commonE + slope * x[i];
            }
        }

        return Slope((y, DesignMatrix.Of(("x", x)).WithIntercept()), CovarianceEstimator.Cluster(ids));
    }

    private static double TwoWay(RandomStream random, int rows, int columns)
    {
        int n = rows * columns;
        double[] x = Draws.Normals(random, n), y = Draws.Normals(random, n);
        double[] rowX = Draws.Normals(random, rows), rowY = Draws.Normals(random, rows);
        double[] columnX = Draws.Normals(random, columns), columnY = Draws.Normals(random, columns);
        int[] row = new int[n], column = new int[n];
        for (int i = 0; i < n; i++)
        {
            (row[i], column[i]) = (i / columns, i % columns);
            x[i] += rowX[row[i]] + columnX[column[i]];
            y[i] += rowY[row[i]] + columnY[column[i]];
        }

        return Slope(
            (y, DesignMatrix.Of(("x", x)).WithIntercept()), CovarianceEstimator.TwoWayCluster(row, column));
    }

    private static double Together(RandomStream random, double slope)
    {
        double[] a = Draws.Normals(random, 200), b = Draws.Normals(random, 200), c = Draws.Normals(random, 200);
        double[] y = [.. a.Zip(Draws.Normals(random, 200), (v, e) => slope * v + Math.Abs(v) * e)];
        DesignMatrix x = DesignMatrix.Of(("a", a), ("b", b), ("c", c)).WithIntercept();
        return LinearRegression.Fit(y, x, CovarianceEstimator.HC3).Wald("a", "b", "c").PValue;
    }

    /// <summary>x uniform on (0, 2), the median 2 x.</summary>
    private static bool CoversMedianSlope(RandomStream random, int n, Func<double, double> scale, QuantileErrors errors)
    {
        double[] x = [.. Enumerable.Range(0, n).Select(_ => 2 * random.NextDouble())], e = Draws.Normals(random, n);
        double[] y = [.. x.Zip(e, (a, b) => 2 * a + scale(a) * b)];
        (double lower, double upper) =
            QuantileRegression.Fit(y, DesignMatrix.Of(("x", x)).WithIntercept(), 0.5, errors).Interval("x");
        return lower <= 2 && 2 <= upper;
    }

    private static double RobustSlope(RandomStream random, int n, double slope)
    {
        double[] x = Draws.Normals(random, n), y = new double[n];
        for (int i = 0; i < n; i++)
        {
            double chi = 0;
            for (int j = 0; j < 3; j++)
                chi += Math.Pow(random.NextNormal(), 2);
            y[i] = slope * x[i] + random.NextNormal() / Math.Sqrt(chi / 3);
        }

        return RobustRegression.Fit(y, DesignMatrix.Of(("x", x)).WithIntercept()).PValues[1];
    }

    private static double Anova(RandomStream random, double shift)
    {
        double[][] groups = [.. Enumerable.Range(0, 4).Select(_ => Draws.Normals(random, 10))];
        groups[0] = Array.ConvertAll(groups[0], value => value + shift);
        return OneWayAnova.Test(groups).PValue;
    }
}
