using FinML.Data;
using FinML.Markets;

namespace FinML.Agents.Tests.OnPolicy;

public sealed class PpoTests
{
    private static readonly PpoOptions Small = new()
    {
        TotalSteps = 2_048,
        StepsPerEnvironment = 32,
        Minibatches = 4,
        Epochs = 3,
        HiddenSizes = [16],
        AnnealLearningRate = true,
        AnnealClip = true,
        NormalizeObservations = true,
        ScaleRewards = true,
        EntropyCoefficient = 0.01,
        ClipValueLoss = true,
        Seed = 5,
    };

    [Fact]
    public void ABanditIsLearned()
    {
        // The good arm is the one that the observation names; chance is 1/3.
        var options = Small with
        {
            NormalizeObservations = false,
            ScaleRewards = false,
            LearningRate = 3e-3,
            TotalSteps = 8_192
        };
        var agent = new Ppo(VectorEnvironment.Create(8, _ => new Bandit()), options);
        Assert.InRange(PolicyEvaluation.Run(agent, new Bandit(), 300, 1, deterministic: false).Mean, .2, .5);
        agent.Learn();
        Assert.InRange(PolicyEvaluation.Run(agent, new Bandit(), 300, 1, deterministic: false).Mean, .9, 1);
        Assert.Equal(1, PolicyEvaluation.Run(agent, new Bandit(), 300, 1).Mean);
    }

    [Fact]
    public void AContinuousTargetIsFound()
    {
        var options = Small with
        {
            NormalizeObservations = false,
            LearningRate = 3e-3,
            TotalSteps = 16_384,
            InitialLogDeviation = -.5
        };
        var agent = new Ppo(VectorEnvironment.Create(8, _ => new Target()), options);
        double before = PolicyEvaluation.Run(agent, new Target(), 200, 1).Mean;
        agent.Learn();
        double after = PolicyEvaluation.Run(agent, new Target(), 200, 1).Mean;
        Assert.InRange(before, -1, -.1); // E (x - 0)² = 1/3 for a policy that says 0
        Assert.InRange(after, -.02, 0);
    }

    [Fact]
    public void TheFirstMinibatchSeesARatioOfOne()
    {
        var agent = new Ppo(Carts(), Small with { Epochs = 1, Minibatches = 1 });
        PpoIteration first = agent.Iterate();
        Assert.InRange(first.ApproximateKl, 0, 1e-9);
        Assert.Equal(0, first.ClipFraction);
        Assert.Equal(1, first.Updates);
        Assert.Equal(Math.Log(2), first.Entropy, 3);
        Assert.True(first.GradientNorm > 0);
    }

    [Fact]
    public void TheKlTargetStopsAnIteration()
    {
        var options = Small with { LearningRate = 0.05, AnnealLearningRate = false, Epochs = 10 };
        Assert.Equal(40, new Ppo(Carts(), options).Iterate().Updates);
        PpoIteration stopped = new Ppo(Carts(), options with { TargetKl = 0.001 }).Iterate();
        Assert.InRange(stopped.Updates, 1, 39);
        Assert.True(stopped.ApproximateKl > 0.0015);
    }

    [Fact]
    public void AnnealingGoesToZero()
    {
        var rates = new List<(double, double)>();
        var fractions = new List<double>();
        var agent = new Ppo(Carts(), Small);
        agent.Learn(new Collector(fractions), i => rates.Add((i.LearningRate, i.Clip)));
        Assert.Equal(16, rates.Count);
        Assert.Equal((3e-4, .2), rates[0]);
        Assert.Equal(3e-4 / 16, rates[^1].Item1, 1e-12);
        Assert.Equal(.2 / 16, rates[^1].Item2, 1e-12);
        Assert.Equal(1, fractions[^1]);
        Assert.True(agent.Finished);
        Assert.Equal(2_048, agent.Steps);
    }

    [Fact]
    public void EvaluationLearnsNothing()
    {
        var agent = new Ppo(Carts(), Small);
        agent.Iterate();
        byte[] before = agent.SaveState();
        _ = PolicyEvaluation.Run(agent, new CartPole(), 5, 1);
        Assert.Equal(before, agent.SaveState());
    }

    [Fact]
    public void TradingDecisionsAreWhatTheBacktesterNeeds()
    {
        double[] opens = [.. Enumerable.Range(0, 60).Select(t => 100 + Math.Sin(t))];
        float[] features = new float[60];
        var environment = new TradingEnvironment(opens, opens, features, 1, new() { Window = 4 });
        var learner = VectorEnvironment.Create(2, _ =>
            new TradingEnvironment(opens, opens, features, 1, new() { Window = 4, EpisodeLength = 20 }));
        var agent = new Ppo(learner, Small);
        agent.Iterate();
        double[] targets = TradingDecisions.Run(agent, environment);
        Assert.Equal(environment.Decisions, targets.Length);
        Assert.Equal(56, targets.Length);
        Assert.All(targets, t => Assert.Contains(t, new double[] { -1, 0, 1 }));
        Assert.Equal(targets, TradingDecisions.Run(agent, environment));
    }

    [Fact]
    public void CancellationStopsBetweenIterations()
    {
        using var source = new CancellationTokenSource();
        var agent = new Ppo(Carts(), Small);
        Assert.Throws<OperationCanceledException>(() => agent.Learn(null, _ => source.Cancel(), source.Token));
        Assert.Equal(128, agent.Steps);
    }

    [Fact]
    public void RefusesBadOptionsInOneSentence()
    {
        Assert.Contains("Gamma has to be from 0 to 1; it is 1.5", Error(Small with { Gamma = 1.5 }));
        Assert.Contains("LearningRate has to be from", Error(Small with { LearningRate = double.NaN }));
        Assert.Contains("Epochs has to be from 1 to 10000; it is 0", Error(Small with { Epochs = 0 }));
        Assert.Contains("HiddenSizes[1] has to be from 1", Error(Small with { HiddenSizes = [4, 0] }));
        Assert.Contains("200 minibatches cannot be made of 128 transitions", Error(Small with { Minibatches = 200 }));

        static string Error(PpoOptions options) =>
            Assert.ThrowsAny<ArgumentException>(() => new Ppo(Carts(), options)).Message;
    }

    private static VectorEnvironment Carts() => VectorEnvironment.Create(4, _ => new CartPole());

    private sealed class Collector(List<double> fractions) : IProgress<double>
    {
        public void Report(double value) => fractions.Add(value);
    }
}
