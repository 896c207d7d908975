using FinML.Data;
using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Nightly: size, power and coverage of the tests on natural experiments.</summary>
internal static class NaturalExperimentSizeChecks
{
    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        Simulation.Coverage("statistics.size.causal.did", "two-way effects, 40 units in 8 periods, AR(.5) errors, "
        + "clustered",
            2_000, random => Panel(random, 40, 8, effect: 1) is var panel
                && DifferenceInDifferences.TwoWay(panel).Interval() is var (lower, upper) && lower <= 1 && 1 <= upper,
            distortion: 0.01),
        Simulation.Size("statistics.size.causal.pre-trend", "pre-trend chi-squared, 200 units, 3 periods before (too "
            + "often in samples of this size)", 2_000,
            random => GroupTimeEffects.Of(Panel(random, 200, 8, effect: 1)).PreTrend!.Value.PValue, distortion: 0.015),
        Simulation.Coverage("statistics.size.causal.bands", "simultaneous bands of the course of an effect, 200 units",
            500,
            random =>
            {
                GroupTimeEffects course = GroupTimeEffects.Of(Panel(random, 200, 8, effect: 1));
                return course.Bands(replicates: 499, seed: random.NextUInt64()).All(b =>
                    (b.EventTime >= 0 ? 1 : 0) is var truth && b.Lower <= truth && truth <= b.Upper);
            }, distortion: 0.02),
        Simulation.Size("statistics.size.causal.synthetic", "placebo rank at .05, 19 donors", 1_000, random =>
            SyntheticControl.Of(Donors(random, 20, effect: 0), "u0", 15).Placebos().PValue),
        Simulation.Power("statistics.power.causal.synthetic", "placebo rank at .05, 19 donors, an effect of three "
            + "standard deviations of the noise", 500, random =>
                SyntheticControl.Of(Donors(random, 20, effect: 3), "u0", 15).Placebos().PValue, atLeast: 0.75),
        Simulation.Coverage("statistics.size.causal.discontinuity", "robust interval of a curved jump, 500 "
            + "observations (a little short in samples of this size)", 1_000, random =>
            {
                (double[] y, double[] x) = Jump(random, 500);
                RegressionDiscontinuity result = RegressionDiscontinuity.Of(y, x);
                return result.Interval.Lower <= 0.5 && 0.5 <= result.Interval.Upper;
            }, distortion: 0.02),
        Simulation.Size("statistics.size.causal.mccrary", "McCrary's density test, 1,000 normals, cutoff .3",
            2_000, random => DensityDiscontinuity.Test(Draws.Normals(random, 1_000), 0.3).PValue, distortion: 0.01),
        EventSize("Boehmer-Musumeci-Poulsen", spread: 2),
        EventSize("cross-sectional", spread: 2),
        EventSize("generalised sign", spread: 2),
        EventSize("Patell", spread: 1),
        EventSize("Corrado rank", spread: 1),
    ];

    private static ReferenceCheck EventSize(string test, double spread) => Simulation.Size(
        "statistics.size.causal.event." + test.ToLowerInvariant().Replace(' ', '-'),
        $"{test}, 30 securities, day 0 with {(spread > 1 ? "doubled" : "unchanged")} variance", 4_000,
        random => EventStudy.Of([.. Enumerable.Range(0, 30).Select(i =>
        {
            double[] market = Draws.Normals(random, 131), own = Draws.Normals(random, 131);
            for (int t = 0; t < own.Length; t++)
                own[t] = market[t] + own[t] * (t == 125 ? spread : 1);
            return SecurityEvent.At($"s{i}", own, market, 125, 5, 5, 120);
        })]).Window(0, 0).Test(test).PValue, distortion: 0.01);

    private static TreatmentPanel Panel(RandomStream random, int units, int periods, double effect)
    {
        double[][] errors = [.. Enumerable.Range(0, units).Select(_ => Draws.Autoregression(random, periods, 0.5))];
        int first = periods / 2, treated = units / 2;
        var rows = Enumerable.Range(0, units).SelectMany(u => Enumerable.Range(0, periods).Select(t => (u,
            t))).ToList();
        return TreatmentPanel.Of(
            [.. rows.Select(r => errors[r.u][r.t] + 0.1 * r.u + 0.2 * r.t + (r.u < treated && r.t >= first ? effect
                : 0))],
            [.. rows.Select(r => $"u{r.u}")], [.. rows.Select(r => r.t)],
            [.. rows.Select(r => r.u < treated && r.t >= first)]);
    }

    /// <summary>Two common factors with loadings between 0 and 1, and noise; the first unit is treated in the last
    /// five of 20 periods.</summary>
    private static DonorPanel Donors(RandomStream random, int units, double effect)
    {
        double[] first = Draws.Autoregression(random, 20, 0.8), second = Draws.Autoregression(random, 20, 0.8);
        return new DonorPanel([.. Enumerable.Range(0, units).Select(u =>
        {
            double a = random.NextDouble(), b = random.NextDouble();
            double[] noise = Draws.Normals(random, 20);
            return ($"u{u}", Enumerable.Range(0, 20)
                .Select(t => a * first[t] + b * second[t] + noise[t] + (u == 0 && t >= 15 ? effect : 0)).ToArray());
        })]);
    }

    private static (double[] Y, double[] X) Jump(RandomStream random, int count)
    {
        double[] x = [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];
        double[] noise = Draws.Normals(random, count);
        return ([.. x.Zip(noise, (v, e) => Math.Sin(3 * v) + v * v + (v >= 0 ? 0.5 : 0) + 0.3 * e)], x);
    }
}
