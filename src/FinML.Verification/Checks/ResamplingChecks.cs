using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Block lengths, replayed resamples and intervals, held to R and to arch's own tests.</summary>
internal static class ResamplingChecks
{
    private const string Arch = "arch, tests/bootstrap/test_block_length.py: AR(.3) of NumPy's RandomState(0)";
    private const string Length = "Politis-White with Patton's correction, arch's algorithm line by line in R";
    private const string City = "R's boot: city, ratio of means";
    private const string Replay = "R on the same draws: EuStockMarkets, circular blocks of 10, 999 resamples";

    private static readonly string[] Names = ["DAX", "SMI", "CAC", "FTSE"];

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("statistics.block-length.arch-stationary", "automatic block length of an AR(.3), stationary", Arch,
            13.635665, 1.4e-3, _ => PolitisWhiteBlockLength.Select(ArchSeries()).Stationary),
        new("statistics.block-length.arch-circular", "automatic block length of an AR(.3), circular", Arch,
            15.60894, 1.6e-3, _ => PolitisWhiteBlockLength.Select(ArchSeries()).Circular),
        .. Lengths("lh", 2.61203747746, 2.99003650253, _ => Samples.Column("lh.csv", "lh")),
        .. Lengths("nile", 12.3334942583, 14.1183265379, _ => Samples.Column("nile.csv", "nile")),
        .. Lengths("sunspots", 19.0031997785, 21.7532334405, _ => Samples.Column("sunspot_year.csv", "sunspots")),
        .. Lengths("dax", 0.112054534761, 0.128270421883, context => IndexReturns.Log(context, "DAX")),
        new("statistics.block-length.dax-clamped", "automatic block length of the DAX, held to 1", Length,
            1, 0, context => PolitisWhiteBlockLength.Select(IndexReturns.Log(context, "DAX")).Stationary),
        new("statistics.block-length.ftse-circular", "automatic block length of the FTSE, circular", Length,
            3.65928161612, 1e-9, context => PolitisWhiteBlockLength.Select(
                IndexReturns.Log(context, "FTSE")).CircularUnclamped),
        new("statistics.abc.acceleration", "acceleration of the ratio of means",
            City + "; boot takes one-sided differences, which are off by 1 % here", 0.002229083687, 2.1e-5,
            _ => Abc(0.95).Acceleration),
        new("statistics.abc.acceleration-exact", "the same from exact influence values", "closed form, R",
            0.0022087676648724, 2e-9, _ => Abc(0.95).Acceleration),
        new("statistics.abc.estimate", "ratio of means", City, 1.5203125, 1e-12, _ => Abc(0.95).Estimate),
        // Second differences of step 1e-4 leave rounding of 1e-7 in both programs.
        new("statistics.abc.lower-90", "ABC interval of 90 %, lower end", City,
            1.293671496, 3e-7, _ => Abc(0.9).Lower),
        new("statistics.abc.upper-90", "ABC interval of 90 %, upper end", City,
            1.948800878, 3e-7, _ => Abc(0.9).Upper),
        new("statistics.abc.lower-95", "ABC interval of 95 %, lower end", City,
            1.261824131, 3e-7, _ => Abc(0.95).Lower),
        new("statistics.abc.upper-95", "ABC interval of 95 %, upper end", City,
            2.078084940, 3e-7, _ => Abc(0.95).Upper),
        .. Four("sd", "standard deviation of the resampled means", Deviation,
            2.291579186e-4, 2.156923525e-4, 2.515379095e-4, 1.940401801e-4),
        .. Four("kernel", "variance of the stationary-bootstrap mean, p = .1, closed form", KernelVariance,
            9.90135059e-5, 8.434738577e-5, 1.14608097e-4, 6.490648609e-5),
        .. new[] { 2.20056671e-4, 3.859145787e-4, 5.068910251e-6 }.Select((expected, model) => new ReferenceCheck(
            $"statistics.replay.mean-{Names[model].ToLowerInvariant()}", $"{Names[model]}: mean return less the FTSE's",
            Replay, expected, 1e-13,
            context => Moments.Of(IndexReturns.Log(context, Names[model])).Mean
                - Moments.Of(IndexReturns.Log(context, "FTSE")).Mean)),
        new("statistics.replay.critical-value", "95 % critical value of the largest of four resampled means", Replay,
            4.742184464e-4, 1e-13, context => RealityCheck.CriticalMean(BootstrapMeans.Of(
                ModelPerformance.OfReturns(Names, [.. Names.Select(name => IndexReturns.Log(context, name))]),
                Starts(), new BootstrapOptions { Replicates = 999 }))),
    ];

    private static ReferenceCheck[] Lengths(
        string id, double stationary, double circular, Func<VerificationContext, double[]> values) =>
    [
        new($"statistics.block-length.{id}-stationary", $"automatic block length of {id}, stationary", Length,
            stationary, 1e-9, context => PolitisWhiteBlockLength.Select(values(context)).StationaryUnclamped),
        new($"statistics.block-length.{id}-circular", $"automatic block length of {id}, circular", Length,
            circular, 1e-9, context => PolitisWhiteBlockLength.Select(values(context)).CircularUnclamped),
    ];

    private static IEnumerable<ReferenceCheck> Four(
        string id, string description, Func<double[], double> number, params double[] expected) =>
        expected.Select((value, model) => new ReferenceCheck(
            $"statistics.replay.{id}-{Names[model].ToLowerInvariant()}", $"{Names[model]}: {description}",
            Replay, value, 1e-9 * value, context => number(IndexReturns.Log(context, Names[model]))));

    private static double Deviation(double[] returns) => Moments.Of(
        Starts().Replicates(returns, SampleStatistic.Mean, new BootstrapOptions { Replicates = 999 }))
        .StandardDeviation();

    /// <summary>Omega squared of Hansen's test, for one model against 0 in blocks of mean length 10.</summary>
    private static double KernelVariance(double[] returns) => SuperiorPredictiveAbility.Of(BootstrapMeans.Of(
        ModelPerformance.OfReturns(["one"], [returns]), new StationaryBootstrap(10),
        new BootstrapOptions { Replicates = 99, Level = 0.5 })).Variances[0];

    /// <summary>y_i = .3 y_{i-1} + e_i in place, the first hundred dropped.</summary>
    private static double[] ArchSeries()
    {
        var random = new NumpyRandom(0);
        var values = new double[10_100];
        for (int i = 0; i < values.Length; i++)
            values[i] = random.NextNormal() + (i == 0 ? 0 : 0.3 * values[i - 1]);
        return values[100..];
    }

    /// <summary>Of ten cities: inhabitants in 1930 over those in 1920, thousands.</summary>
    private static AbcInterval Abc(double level)
    {
        double[] before = [138, 93, 61, 179, 48, 37, 29, 23, 30, 2];
        double[] after = [143, 104, 69, 260, 75, 63, 50, 48, 111, 50];
        return AbcInterval.Of(10, weights =>
        {
            double numerator = 0, denominator = 0;
            for (int i = 0; i < weights.Length; i++)
            {
                numerator += weights[i] * after[i];
                denominator += weights[i] * before[i];
            }

            return numerator / denominator;
        }, level);
    }

    /// <summary>s = (1103515245 s + 12345) mod 2^31 from 1; a block starts at floor(s 1859 / 2^31).</summary>
    private static ReplayedBlocks Starts()
    {
        const int Days = 1859, Blocks = 186, Replicates = 999;
        uint state = 1;
        var starts = new int[Replicates][];
        for (int r = 0; r < Replicates; r++)
        {
            starts[r] = new int[Blocks];
            for (int b = 0; b < Blocks; b++)
            {
                state = 1103515245 * state + 12345 & 0x7fffffff;
                starts[r][b] = (int)((ulong)state * Days >> 31);
            }
        }

        return new ReplayedBlocks(10, starts);
    }
}
