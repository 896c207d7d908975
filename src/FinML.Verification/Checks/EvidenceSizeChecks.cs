using FinML.Data;
using FinML.Evaluation;
using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Nightly: the tests that judge a search, on strategies of noise and on a planted skill.</summary>
internal static class EvidenceSizeChecks
{
    private const int Repeats = 400, Strategies = 1_000, Days = 500, Family = 100, Years = 20;
    private const string Noise = "1,000 strategies of noise, 500 days";
    private const string Skill = "a Sharpe ratio of 1 over 20 years";

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        // The Bonferroni-like tail of the maximum of 1,000 is resampled from 500 days: .01 is left for that.
        Simulation.Size("controls.noise.stepm", $"StepM finds something among {Noise}", Repeats,
            random => NoiseControls.Run(random, Strategies, Days).Stepwise, distortion: 0.01),
        Simulation.Size("controls.noise.spa", $"SPA rejects for {Noise}", Repeats,
            random => NoiseControls.Run(random, Strategies, Days).Superior, distortion: 0.01),
        Simulation.Size("controls.noise.bh", $"Benjamini-Hochberg finds something among {Noise}", Repeats,
            random => NoiseControls.Run(random, Strategies, Days, replicates: 99).FalseDiscoveryRate),
        // The deflated ratio demands more than the expected best, so that its size is far below nominal.
        Simulation.Size("controls.noise.dsr", $"the best of {Noise} has a deflated Sharpe ratio above .95, at most",
            Repeats, random => NoiseControls.Run(random, Strategies, Days, replicates: 99).Deflated) with
        {
            Comparison = Comparison.AtMost,
        },
        Simulation.Power("controls.power.alone", $"{Skill}, alone", Repeats,
            random => NoiseControls.Run(random, 2, Years * 252, 1, 99).Uncorrected, atLeast: 0.8),
        Simulation.Power("controls.power.stepm", $"{Skill}, by StepM among {Family} strategies", Repeats,
            random => NoiseControls.Run(random, Family, Years * 252, 1).Stepwise, atLeast: 0.8),
        Simulation.Power("controls.power.spa", $"{Skill}, by SPA among {Family} strategies", Repeats,
            random => NoiseControls.Run(random, Family, Years * 252, 1).Superior, atLeast: 0.8),
        Simulation.Power("controls.power.bh", $"{Skill}, by Benjamini-Hochberg among {Family} strategies", Repeats,
            random => NoiseControls.Run(random, Family, Years * 252, 1, 99).FalseDiscoveryRate, atLeast: 0.8),
        // The skill itself widens the variance of the trials, and with it what the best is expected to show by luck:
        // the deflated ratio finds less than the tests of a family do, which is said here and not tuned away.
        Simulation.Power("controls.power.dsr", $"{Skill}, by the deflated Sharpe ratio among 20 strategies (it has "
            + "a power of .6, not .8)", Repeats,
            random => NoiseControls.Run(random, 20, Years * 252, 1, 99).Deflated, atLeast: 0.6),
        // The error of a day that is a seed's own is in both parts of the interval's: .02 wider than nominal at most.
        Simulation.Coverage("controls.coverage.seeds", "the mean of 250 days of an AR(.2) over 5 seeds that differ as "
            + "much as its time error", 2_000, SeedIntervalHolds, distortion: 0.02),
    ];

    private static bool SeedIntervalHolds(RandomStream random)
    {
        double[] days = Draws.Autoregression(random, 250, 0.2);
        double[][] gains = [.. Enumerable.Range(0, 5).Select(_ =>
        {
            double mean = 0.16 * random.NextNormal(); // sqrt(5) x the time error 1.25 / sqrt(250 x (1 - .04)) is .18
            return days.Select(x => mean + x + 0.2 * random.NextNormal()).ToArray();
        })];
        SeedAveragedMean interval = SeedAveragedMean.Of(
            gains, new BootstrapOptions { Replicates = 199, Seed = random.NextUInt64(), MaxThreads = 1 });
        return interval.Lower <= 0 && interval.Upper >= 0;
    }
}
