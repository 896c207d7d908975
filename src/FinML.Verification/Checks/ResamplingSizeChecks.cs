using FinML.Data;
using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Nightly: size and power of the tests on Sharpe ratios, and coverage of every interval by
/// resampling.</summary>
internal static class ResamplingSizeChecks
{
    private const int Samples = 2_000, Count = 200;

    private static readonly BlockBootstrap Iid = new IidBootstrap(), Circular = new CircularBlockBootstrap(8);

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        // Independent, skewed data: the mean of 50 exponentials, where the first-order intervals lose a little.
        .. Intervals("exponential-mean", "mean of 50 exponentials", Iid,
            random => Exponentials(random, 50), SampleStatistic.Mean, 1, (0.025, 0.03, 0.015, 0.005)),

        // Dependent data: Bartlett-like variance of the blocks, and 25 blocks only.
        .. Intervals("ar-mean", "mean of 200 values of an AR(.3), circular blocks of 8", Circular,
            random => Draws.Autoregression(random, Count, 0.3), SampleStatistic.Mean, 0,
            (0.035, 0.035, 0.035, 0.01)),
        .. Intervals("moving-mean", "mean of 200 values of an AR(.3), moving blocks of 8", new MovingBlockBootstrap(8),
            random => Draws.Autoregression(random, Count, 0.3), SampleStatistic.Mean, 0,
            (0.035, 0.035, 0.035, 0.01)),
        .. Intervals("stationary-sharpe", "Sharpe ratio of 200 fat-tailed returns, stationary blocks of 5",
            new StationaryBootstrap(5), random => FatTails(random, Count, 0.1), SampleStatistic.Sharpe,
            0.1, (0.015, 0.015, 0.015, 0.01)),
        Simulation.Coverage("statistics.coverage.autoregressive-mean",
            "mean of 200 values of an AR(.3), autoregressive bootstrap (the fit's root is biased towards 0)", 1_000,
            random => new AutoregressiveBootstrap().Interval(
                Draws.Autoregression(random, Count, 0.3), SampleStatistic.Mean, Options(random)).Contains(0),
            distortion: 0.03),
        Simulation.Size("statistics.size.ledoit-wolf-bootstrap",
            "studentised test of equal Sharpe ratios, 120 pairs of fat-tailed returns, blocks of 5", Samples,
            random => LedoitWolfBootstrap.Run(
                Pair(random, 120, 0, out ReturnSeries second), second, 5, Options(random)).PValue, distortion: 0.005),
        Simulation.Size("statistics.size.ledoit-wolf-kernel",
            "kernel test of equal Sharpe ratios on the same: generous in short samples, as the paper finds", Samples,
            random => LedoitWolfTest.Run(
                Pair(random, 120, 0, out ReturnSeries second), second, prewhiten: true).PValue, distortion: 0.015),
        Simulation.Size("statistics.size.jobson-korkie", "Jobson-Korkie-Memmel, 120 pairs of normal returns", Samples,
            random => JobsonKorkieTest.Run(
                Series(random, 120), Series(random, 120)).PValue, distortion: 0.005),
        Simulation.Size("statistics.size.sharpe-difference",
            "shifted bootstrap of the difference, 200 pairs of fat-tailed returns, blocks of 5", Samples,
            random => SharpeDifferenceTest.Run(
                Pair(random, Count, 0, out ReturnSeries second), second, new StationaryBootstrap(5),
                options: Options(random)).Test.PValue, distortion: 0.015),
        Simulation.Power("statistics.power.ledoit-wolf-bootstrap",
            "studentised test, a Sharpe ratio that is .3 a month higher over 240 months", 500,
            random => LedoitWolfBootstrap.Run(
                Pair(random, 240, 0.3, out ReturnSeries second), second, 5, Options(random)).PValue, atLeast: 0.8),
        Simulation.Size("statistics.size.wild-rademacher",
            "wild bootstrap, 40 rows, standard deviations that grow with the regressor", Samples,
            random => Regression(random, 0, WildWeights.Rademacher).PValue, distortion: 0.005),
        Simulation.Size("statistics.size.wild-mammen", "the same with Mammen's weights, which reject seldom here",
            Samples,
            random => Regression(random, 0, WildWeights.Mammen).PValue, distortion: 0.025),
        Simulation.Size("statistics.size.residual", "residual bootstrap, 40 rows of exponential errors", Samples,
            random => RegressionBootstrap.Residual(
                Exponentials(random, 40), Design(random), "x", options: Options(random)).PValue, distortion: 0.005),
        Simulation.Coverage("statistics.coverage.wild", "wild bootstrap, the same 40 rows", Samples,
            random => Regression(random, 1, WildWeights.Rademacher) is var fit && fit.Lower <= 1 && fit.Upper >= 1,
            distortion: 0.01),
        Simulation.Power("statistics.power.wild", "wild bootstrap, 40 rows, a slope of 1", 500,
            random => Regression(random, 1, WildWeights.Rademacher).PValue, atLeast: 0.8),
        Simulation.Coverage("statistics.coverage.abc", "ABC interval, mean of 50 exponentials", Samples,
            random => Abc(Exponentials(random, 50)) is var interval && interval.Lower <= 1 && interval.Upper >= 1,
            distortion: 0.01),
    ];

    private static IEnumerable<ReferenceCheck> Intervals(
        string id,
        string description,
        BlockBootstrap scheme,
        Func<RandomStream, double[]> sample,
        SampleStatistic statistic,
        double truth,
        (double Percentile, double Basic, double Bca, double Studentised) distortion) =>
        new[]
        {
            (BootstrapMethod.Percentile, distortion.Percentile), (BootstrapMethod.Basic, distortion.Basic),
            (BootstrapMethod.Bca, distortion.Bca), (BootstrapMethod.Studentised, distortion.Studentised),
        }.Select(pair => Simulation.Coverage(
            $"statistics.coverage.{id}-{pair.Item1.ToString().ToLowerInvariant()}", $"{pair.Item1}: {description}",
            Samples,
            random => scheme.Interval(
                sample(random), statistic, Options(random) with { Method = pair.Item1 }).Contains(truth),
            distortion: pair.Item2));

    private static BootstrapOptions Options(RandomStream random) =>
        new() { Replicates = 999, Seed = (ulong)(random.NextDouble() * (1L << 52)), MaxThreads = 1 };

    private static double[] Exponentials(RandomStream random, int count)
    {
        var values = new double[count];
        for (int t = 0; t < count; t++)
            values[t] = -Math.Log(1 - random.NextDouble());
        return values;
    }

    /// <summary>Student's t with 6 degrees of freedom, variance 1, about a mean.</summary>
    private static double[] FatTails(RandomStream random, int count, double mean)
    {
        var values = new double[count];
        for (int t = 0; t < count; t++)
        {
            double squares = 0;
            double normal = random.NextNormal();
            for (int i = 0; i < 6; i++)
                squares += Math.Pow(random.NextNormal(), 2);
            values[t] = mean + normal / Math.Sqrt(squares / 6) / Math.Sqrt(1.5);
        }

        return values;
    }

    /// <summary>Two series that share half of their variance, with a Sharpe ratio of .1, the first with more.</summary>
    private static ReturnSeries Pair(RandomStream random, int count, double more, out ReturnSeries second)
    {
        double[] common = FatTails(random, count, 0);
        double[] a = FatTails(random, count, 0), b = FatTails(random, count, 0);
        for (int t = 0; t < count; t++)
        {
            a[t] = (a[t] + common[t]) / Math.Sqrt(2) + 0.1 + more;
            b[t] = (b[t] + common[t]) / Math.Sqrt(2) + 0.1;
        }

        second = ReturnSeries.Log(b, 12);
        return ReturnSeries.Log(a, 12);
    }

    private static ReturnSeries Series(RandomStream random, int count) =>
        ReturnSeries.Log([.. Draws.Normals(random, count).Select(z => z + 0.1)], 12);

    private static DesignMatrix Design(RandomStream random) =>
        DesignMatrix.Of(("x", Draws.Normals(random, 40))).WithIntercept();

    private static RegressionBootstrap Regression(RandomStream random, double slope, WildWeights weights)
    {
        DesignMatrix design = Design(random);
        var y = new double[40];
        for (int i = 0; i < y.Length; i++)
            y[i] = 1 + slope * design[i, 1] + (0.3 + Math.Abs(design[i, 1])) * random.NextNormal();
        return RegressionBootstrap.Wild(y, design, "x", 0, weights, Options(random));
    }

    private static AbcInterval Abc(double[] values) => AbcInterval.Of(values.Length, weights =>
    {
        double mean = 0;
        for (int i = 0; i < weights.Length; i++)
            mean += weights[i] * values[i];
        return mean;
    });
}
