using MathNet.Numerics;

namespace FinML.Statistics.Tests;

public sealed class BridgeSamplingTests
{
    /// <summary>A product of gamma densities: skewed, normalised, so the log marginal likelihood is 0.</summary>
    [Theory]
    [InlineData(BridgeProposal.Normal)]
    [InlineData(BridgeProposal.Warp3)]
    public void A_normalised_density_has_evidence_one(BridgeProposal proposal)
    {
        ModelParameter[] parameters = [.. Enumerable.Range(1, 8).Select(i => ModelParameter.Positive($"x{i}"))];
        var model = new BayesianModel(parameters, (x, gradient) =>
        {
            double log = 0;
            for (int i = 0; i < x.Length; i++)
            {
                log += i * Math.Log(x[i]) - x[i] - SpecialFunctions.GammaLn(i + 1);
                gradient[i] = i / x[i] - 1;
            }

            return log;
        });

        BridgeSampling bridge = BridgeSampling.Of(
            NoUTurnSampler.Sample(model, new NutsOptions { Seed = 2 }), proposal, seed: 5);

        Assert.InRange(bridge.StandardError, 1e-4, 0.02);
        Assert.InRange(bridge.LogMarginalLikelihood, -4 * bridge.StandardError, 4 * bridge.StandardError);
    }

    /// <summary>The reported error against the spread over seeds.</summary>
    [Fact]
    public void The_error_is_about_the_spread_of_repetitions()
    {
        var model = new BayesianModel([ModelParameter.Positive("x"), ModelParameter.Positive("y")], (x, gradient) =>
        {
            gradient[0] = gradient[1] = -1;
            return -x[0] - x[1];
        });
        BridgeSampling[] runs = [.. Enumerable.Range(0, 30).Select(seed => BridgeSampling.Of(
            NoUTurnSampler.Sample(model, new NutsOptions { Seed = (ulong)seed, Draws = 300, Warmup = 300 }),
            BridgeProposal.Normal, (ulong)seed))];

        double spread = Moments.Of([.. runs.Select(r => r.LogMarginalLikelihood)]).StandardDeviation();
        double claimed = runs.Average(r => r.StandardError);

        Assert.InRange(spread / claimed, 0.6, 1.6);
    }

    [Fact]
    public void Few_draws_are_refused()
    {
        PosteriorDraws draws = NoUTurnSampler.Sample(
            NoUTurnSamplerTests.Normal(), new NutsOptions { Chains = 1, Draws = 8, Warmup = 100 });

        Fixture.Says<ArgumentException>(() => BridgeSampling.Of(draws), "number of draws is 8", "12");
    }
}
