using FinML.Data;

namespace FinML.Markets.Tests.Tasks;

/// <summary>Bandits and the two-step process, by enumeration.</summary>
public sealed class RiskTaskTests
{
    private static readonly (bool Gain, bool Loss)[] Policies =
        [(false, false), (false, true), (true, false), (true, true)];

    [Fact]
    public void CvarIsTheMaximumOfRockafellarAndUryasev()
    {
        var random = new RandomStream(3);
        for (int i = 0; i < 200; i++)
        {
            int n = 1 + random.NextInt(6);
            double[] weights = [.. Enumerable.Range(0, n).Select(_ => 0.05 + random.NextDouble())];
            (double, double)[] outcomes =
                [.. weights.Select(w => ((double)random.NextInt(9) - 4, w / weights.Sum()))];
            var distribution = new OutcomeDistribution(outcomes);
            double level = 0.02 + 0.98 * random.NextDouble();

            // The maximum lies at an outcome.
            double expected = distribution.Outcomes.Max(b => b.Value
                - distribution.Outcomes.Sum(z => z.Probability * Math.Max(b.Value - z.Value, 0)) / level);
            Assert.Equal(expected, distribution.Cvar(level), 1e-12);
            Assert.True(distribution.Cvar(level) <= distribution.Mean + 1e-12);
            Assert.Equal(distribution.Mean, distribution.Cvar(1), 1e-12);
        }
    }

    [Fact]
    public void DrawsFollowTheProbabilities()
    {
        var distribution = new OutcomeDistribution((3, .9), (-5, .1));
        var random = new RandomStream(1);
        const int Draws = 100_000;
        int bad = Enumerable.Range(0, Draws).Count(_ => distribution.Draw(random) == -5);
        Assert.InRange(bad / (double)Draws, .1 - 4 * .3 / Math.Sqrt(Draws), .1 + 4 * .3 / Math.Sqrt(Draws));
    }

    [Fact]
    public void TheBanditsChoiceChangesAtItsLevel()
    {
        Bandit bandit = Bandit.SafeOrRisky();
        OutcomeDistribution risky = bandit.Arms[1];
        Assert.Equal(2.2, risky.Mean, 1e-12);
        foreach (double level in new[] { .1, .25, .5, .8 })
            Assert.Equal(3 - .8 / level, risky.Cvar(level), 1e-12);
        Assert.Equal(-5, risky.Cvar(.05), 1e-12);
        Assert.Equal(0, bandit.BestArm(.399999));
        Assert.Equal(1, bandit.BestArm(.400001));
        Assert.Equal(1, bandit.BestArm(1));

        (double mean, double error) = Search.Returns(bandit, (_, action) => action[0] = 1, 20_000);
        Assert.InRange(mean, 2.2 - 4 * error, 2.2 + 4 * error);
    }

    [Fact]
    public void NoPolicyOfThePresentStateHasTheBestStaticCvar()
    {
        const double Level = .5;
        OutcomeDistribution Total((bool Gain, bool Loss) p) => TimeInconsistentCvar.Total(p.Gain, p.Loss);

        (bool, bool) byMean = Policies.MaxBy(p => Total(p).Mean);
        Assert.Equal((true, true), byMean);
        Assert.Equal((1, -4), (Total(byMean).Mean, Total(byMean).Cvar(Level)));

        (bool Gain, bool Loss) iterated = Policies.MaxBy(p => TimeInconsistentCvar.IteratedCvar(p.Gain, p.Loss, Level));
        Assert.Equal((false, false), iterated);
        Assert.Equal(-4, TimeInconsistentCvar.IteratedCvar(false, false, Level));
        Assert.Equal(-4, Total(iterated).Cvar(Level));

        (bool, bool) best = Policies.MaxBy(p => Total(p).Cvar(Level));
        Assert.Equal((false, true), best);
        Assert.Equal((.5, -3), (Total(best).Mean, Total(best).Cvar(Level)));

        // Policies that do not know the first reward: always safe, always risky.
        Assert.Equal(-4, Policies.Where(p => p.Gain == p.Loss).Max(p => Total(p).Cvar(Level)));
    }

    [Fact]
    public void TheProcessHasTheTotalsThatItSays()
    {
        var process = new TimeInconsistentCvar();
        float[] observation = new float[2];
        var totals = new Dictionary<double, int>();
        const int Episodes = 8_000;
        for (ulong seed = 0; seed < Episodes; seed++)
        {
            process.Reset(seed, observation);
            Assert.Equal([0, 0], observation);
            StepResult first = process.Step([1], observation);
            Assert.False(first.Done);
            Assert.Equal([1, (float)first.Reward], observation);
            StepResult second = process.Step([observation[1] < 0 ? 1 : 0], observation);
            Assert.True(second.Terminated);
            double total = first.Reward + second.Reward;
            totals[total] = totals.GetValueOrDefault(total) + 1;
        }

        IReadOnlyList<(double Value, double Probability)> expected = TimeInconsistentCvar.Total(false, true).Outcomes;
        Assert.Equal([(-8, .25), (2, .25), (4, .5)], expected);
        Assert.Equal(expected.Select(o => o.Value), totals.Keys.Order());
        foreach ((double value, double probability) in expected)
        {
            double error = Math.Sqrt(probability * (1 - probability) / Episodes);
            Assert.InRange(totals[value] / (double)Episodes, probability - 4 * error, probability + 4 * error);
        }
    }

    [Fact]
    public void TheDiscountedReturnOfCoinsIsUniform()
    {
        var environment = new UniformReturn();
        float[] observation = new float[1];
        const int Episodes = 20_000;
        double[] returns = new double[Episodes];
        for (int episode = 0; episode < Episodes; episode++)
        {
            environment.Reset((ulong)episode, observation);
            double factor = 1;
            for (StepResult result = default; !result.Done; factor *= UniformReturn.Discount)
            {
                result = environment.Step([0], observation);
                returns[episode] += factor * result.Reward;
            }
        }

        // Kolmogorov's distance, 1.95 / √n at one in a thousand; and what follows from the quantiles 2τ.
        Array.Sort(returns);
        double distance = Enumerable.Range(0, Episodes).Max(
            i => Math.Abs(returns[i] - UniformReturn.Quantile((i + .5) / Episodes)) / 2);
        Assert.True(distance < 1.95 / Math.Sqrt(Episodes));
        Assert.Equal(UniformReturn.Mean, Integral(_ => 1), 1e-6);
        Assert.Equal(UniformReturn.Variance, Integral(level => UniformReturn.Quantile(level)) - 1, 1e-6);
        Assert.Equal(UniformReturn.Cvar(.25), Integral(level => level <= .25 ? 4 : 0), 1e-6);
        Assert.Equal(
            UniformReturn.Spectral(5), Integral(level => 5 * Math.Exp(-5 * level) / (1 - Math.Exp(-5))), 1e-6);
        Assert.Equal(.386433, UniformReturn.Spectral(5), 5e-7);

        static double Integral(Func<double, double> weight)
        {
            const int Points = 100_000;
            return Enumerable.Range(0, Points).Select(i => (i + .5) / Points)
                .Sum(level => weight(level) * UniformReturn.Quantile(level) / Points);
        }
    }

    [Fact]
    public void RefusesBadInput()
    {
        Assert.Contains("sum to 0.9",
            Assert.Throws<ArgumentException>(() => new OutcomeDistribution((1, .9))).Message);
        Assert.Throws<ArgumentException>(() => new OutcomeDistribution());
        Assert.Contains("probability of 2", Assert.ThrowsAny<ArgumentException>(
            () => new OutcomeDistribution((2, -.1), (1, 1.1))).Message);
        Assert.ThrowsAny<ArgumentException>(() => new OutcomeDistribution((1, 1)).Cvar(0));
        Assert.Contains("at least 2 arms", Assert.Throws<ArgumentException>(
            () => new Bandit(new OutcomeDistribution((1, 1)))).Message);
    }
}
