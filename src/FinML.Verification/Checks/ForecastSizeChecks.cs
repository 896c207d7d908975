using FinML.Data;
using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Nightly: size and power of tests of forecasts.</summary>
internal static class ForecastSizeChecks
{
    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        Simulation.Coverage("statistics.coverage.forecasts.conformal", "split conformal intervals of 99 calibration "
            + "cases, Student's t with 3 degrees of freedom", 4_000, random =>
            {
                double[] z = Array.ConvertAll(new double[100], _ => HeavyTail(random));
                (double lower, double upper) = ConformalInterval.Symmetric(new double[99], z.AsSpan(0, 99),
                    0.95).Around(0);
                return lower <= z[99] && z[99] <= upper;
            }),
        Simulation.Size("statistics.size.forecasts.dm",
            "Diebold-Mariano with HLN, h = 1, n = 50, squared errors of two forecasts as good: within 1 point",
            10_000, random => Accuracy(random, 50, 1, 1), distortion: 0.01),
        Simulation.Size("statistics.size.forecasts.dm-h3",
            "the same, h = 3, n = 100, errors MA(2): up to 2.5 points too often",
            10_000, random => Accuracy(random, 100, 3, 1), distortion: 0.025),
        Simulation.Power("statistics.power.forecasts.dm",
            "Diebold-Mariano with HLN, h = 1, n = 200, error deviations 1 and 1.3",
            2_000, random => Accuracy(random, 200, 1, 1.3), 0.9),
        Simulation.Size("statistics.size.forecasts.dm-bartlett",
            "Diebold-Mariano, Bartlett, ceiling(n^(1/3)) lags, n = 200: up to 2 points too often",
            10_000, random =>
            {
                (double[] first, double[] second) = Losses(random, 200, 1, 1);
                return DieboldMariano.TestBartlett(first, second).PValue;
            }, distortion: 0.02),
        Simulation.Size("statistics.size.forecasts.gw",
            "Giacomini-White, constant and last difference, h = 1, n = 300: within 2 points, fat tails of " +
            "squared errors",
            4_000, random =>
            {
                (double[] first, double[] second) = Losses(random, 300, 1, 1);
                return GiacominiWhite.Test(first, second).PValue;
            }, distortion: 0.02),
        Simulation.Power("statistics.power.forecasts.gw",
            "Giacomini-White, loss difference AR(.3) with mean 0, n = 300",
            2_000, random => GiacominiWhite.Test(Draws.Autoregression(random, 300, 0.3), new double[300]).PValue, 0.95),
        Simulation.Size("statistics.size.forecasts.clark-west",
            "Clark-West, mean of the last 60 against 0, n = 150: at most 3 points too rarely, as the paper finds",
            10_000, random => Nested(random, 0), distortion: 0.03),
        Simulation.Power("statistics.power.forecasts.clark-west",
            "the same where the mean is .4 standard deviations",
            2_000, random => Nested(random, 0.4), 0.9),
        Simulation.Size("statistics.size.forecasts.anderson-darling",
            "Anderson-Darling, 30 uniforms",
            20_000, random => AndersonDarling.TestUniform(Transforms(random, 30, 1, 0)).PValue),
        Simulation.Power("statistics.power.forecasts.anderson-darling",
            "100 transforms of N(0, 1.5^2) taken for N(0, 1)",
            2_000, random => AndersonDarling.TestUniform(Transforms(random, 100, 1.5, 0)).PValue, 0.7),
        Simulation.Size("statistics.size.forecasts.berkowitz",
            "Berkowitz, 100 transforms: within half a point",
            4_000, random => BerkowitzTest.Test(Transforms(random, 100, 1, 0)).PValue, distortion: 0.005),
        Simulation.Size("statistics.size.forecasts.berkowitz-independence",
            "Berkowitz, independence, 100 transforms: within half a point",
            4_000, random => BerkowitzTest.Test(Transforms(random, 100, 1, 0)).IndependencePValue, distortion: 0.005),
        Simulation.Power("statistics.power.forecasts.berkowitz-independence",
            "independence, 200 transforms, AR(.3)",
            2_000, random => BerkowitzTest.Test(Transforms(random, 200, 1, 0.3)).IndependencePValue, 0.9),
        Simulation.Size("statistics.size.forecasts.kupiec",
            "Kupiec, 5 % of 1,000: within 1 point, counts are discrete",
            10_000, random => KupiecTest.Test(Hits(random, 1_000, 0.05, 0.05), 0.05).PValue, distortion: 0.01),
        Simulation.Power("statistics.power.forecasts.kupiec",
            "Kupiec, 8 % of 1,000 where 5 % is promised",
            2_000, random => KupiecTest.Test(Hits(random, 1_000, 0.08, 0.08), 0.05).PValue, 0.9),
        Simulation.Size("statistics.size.forecasts.christoffersen",
            "Christoffersen, conditional coverage, 5 % of 1,000: within 1.5 points, pairs of violations are few",
            10_000, random => ChristoffersenTest.Test(Hits(random, 1_000, 0.05, 0.05), 0.05).ConditionalPValue,
            distortion: 0.015),
        Simulation.Power("statistics.power.forecasts.christoffersen",
            "independence, 4.2 % after a quiet day, 20 % after a violation, 1,000 days",
            2_000, random => ChristoffersenTest.Test(Hits(random, 1_000, 0.042, 0.2), 0.05).IndependencePValue, 0.7),
        Simulation.Size("statistics.size.forecasts.dynamic-quantile",
            "dynamic quantile, 4 lags, 5 % of 1,000: within 1.5 points, pairs of violations are few",
            4_000, random => DynamicQuantileTest.Test(Hits(random, 1_000, 0.05, 0.05), 0.05).PValue, distortion: 0.015),
        Simulation.Power("statistics.power.forecasts.dynamic-quantile",
            "4.2 % after a quiet day, 20 % after a violation, 1,000 days",
            2_000, random => DynamicQuantileTest.Test(Hits(random, 1_000, 0.042, 0.2), 0.05).PValue, 0.7),
        Simulation.Size("statistics.size.forecasts.icir",
            "mean of 120 coefficients, AR(.2), Newey-West: up to 2.5 points too often",
            10_000, random => Icir(random, 0), distortion: 0.025),
        Simulation.Power("statistics.power.forecasts.icir",
            "the same with an ICIR of .4",
            2_000, random => Icir(random, 0.4), 0.9),
    ];

    private static double Accuracy(RandomStream random, int n, int horizon, double deviation)
    {
        (double[] first, double[] second) = Losses(random, n, horizon, deviation);
        return DieboldMariano.Test(first, second, horizon).PValue;
    }

    /// <summary>Squared errors that are moving averages of horizon terms, half of their variance in common.</summary>
    private static (double[] First, double[] Second) Losses(RandomStream random, int n, int horizon, double deviation)
    {
        double[] common = Errors(random, n, horizon), a = Errors(random, n, horizon), b = Errors(random, n, horizon);
        return (
            [.. common.Zip(a, (c, e) => Math.Pow(deviation * (c + e), 2))],
            [.. common.Zip(b, (c, e) => Math.Pow(c + e, 2))]);
    }

    private static double[] Errors(RandomStream random, int n, int horizon)
    {
        double[] shocks = Draws.Normals(random, n + horizon - 1);
        return [.. Enumerable.Range(0, n).Select(t => shocks[t..(t + horizon)].Sum() / Math.Sqrt(horizon))];
    }

    private static double Nested(RandomStream random, double mean)
    {
        double[] y = Array.ConvertAll(Draws.Normals(random, 210), value => value + mean);
        double[] large = [.. Enumerable.Range(60, 150).Select(t => y[(t - 60)..t].Average())];
        return ClarkWest.Test(y[60..], new double[150], large).PValue;
    }

    private static double[] Transforms(RandomStream random, int n, double deviation, double rho) =>
        Array.ConvertAll(Draws.Autoregression(random, n, rho),
            z => StandardNormal.Cdf(deviation * Math.Sqrt(1 - rho * rho) * z));

    private static bool[] Hits(RandomStream random, int n, double afterQuiet, double afterViolation)
    {
        var hits = new bool[n];
        for (int t = 0; t < n; t++)
            hits[t] = random.NextDouble() < (t > 0 && hits[t - 1] ? afterViolation : afterQuiet);
        return hits;
    }

    private static double Icir(RandomStream random, double ratio) =>
        InformationCoefficientSeries.Of(Array.ConvertAll(
            Draws.Autoregression(random, 120, 0.2), x => Math.Clamp(0.1 * (x + ratio), -1, 1))).PValue;

    private static double HeavyTail(RandomStream random)
    {
        double squares = 0;
        for (int i = 0; i < 3; i++)
        {
            double z = random.NextNormal();
            squares += z * z;
        }

        return random.NextNormal() / Math.Sqrt(squares / 3);
    }
}
