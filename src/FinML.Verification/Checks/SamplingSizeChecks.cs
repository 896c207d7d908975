using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Nightly: do posterior intervals and errors of log evidences hold as often as they say?</summary>
internal static class SamplingSizeChecks
{
    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        Simulation.Coverage("statistics.size.bayes.nuts", "NUTS, truth drawn from the prior: mean and standard "
            + "deviation of 20 normals", 1_000, random =>
            {
                // mu ~ N(0, 1), sigma ~ exponential(1): a truth from the prior lies in its interval as often as
                // that says.
                double mu = random.NextNormal(), sigma = -Math.Log(1 - random.NextDouble());
                double[] data = Array.ConvertAll(Draws.Normals(random, 20), z => mu + sigma * z);
                var model = new BayesianModel(
                    [ModelParameter.Real("mu"), ModelParameter.Positive("sigma")], (at, gradient) =>
                    {
                        double log = -at[0] * at[0] / 2 - at[1] - data.Length * Math.Log(at[1]);
                        gradient[0] = -at[0];
                        gradient[1] = -1 - data.Length / at[1];
                        foreach (double x in data)
                        {
                            double z = (x - at[0]) / at[1];
                            log -= z * z / 2;
                            gradient[0] += z / at[1];
                            gradient[1] += z * z / at[1];
                        }

                        return log;
                    });
                PosteriorDraws draws = NoUTurnSampler.Sample(
                    model, new NutsOptions { Seed = random.NextUInt64(), MaxThreads = 1, Warmup = 500, Draws = 500 });
                ParameterSummary row = draws.Summary().Single(r => r.Name == "sigma");
                return row.Lower <= sigma && sigma <= row.Upper;
            }),
        Simulation.Coverage("statistics.size.bayes.nested", "log evidence of a normal in a box, 2 dimensions, 100 live "
            + "points, two standard errors", 1_000, random =>
            {
                NestedSampling run = NestedSampling.Run(
                    2,
                    (cube, x) =>
                    {
                        for (int i = 0; i < x.Length; i++)
                            x[i] = 10 * cube[i] - 5;
                    },
                    x => -(x[0] * x[0] + x[1] * x[1]) / 2 - Math.Log(2 * Math.PI),
                    new NestedSamplingOptions { LivePoints = 100, Seed = random.NextUInt64() });
                return Math.Abs(run.LogEvidence + 2 * Math.Log(10)) <= 1.96 * run.StandardError;
            }),
    ];
}
