using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// One state and one action that pays 0 or 1 at even odds for ever: discounted by one half, the return is a number
/// written in binary with random digits, and so uniform on [0, 2]. What an agent that learns distributions of returns
/// has to find: quantile 2τ, mean 1, variance 1/3.
/// </summary>
/// <remarks>The observation is the constant 1. Never terminated, truncated after <see cref="StepLimit"/> steps, so that
/// a learner has to bootstrap.</remarks>
public sealed class UniformReturn() : EpisodicEnvironment(new Box([1], [1]), new Discrete(1))
{
    /// <summary>Steps after which an episode is truncated.</summary>
    public const int StepLimit = 100;

    /// <summary>The discount with which the return is uniform.</summary>
    public const double Discount = 0.5;

    public const double Mean = 1;

    public const double Variance = 1.0 / 3;

    /// <summary>The quantile of the return at a level, 0 to 1.</summary>
    public static double Quantile(double level)
    {
        Require.InRange(level, 0, 1, nameof(level));
        return 2 * level;
    }

    /// <summary>The mean of the worst part of the return of a probability, above 0 to 1: the level itself.</summary>
    public static double Cvar(double level)
    {
        Require.InRange(level, double.Epsilon, 1, nameof(level));
        return level;
    }

    /// <summary>The exponential spectral risk measure, the mean of quantiles weighted by
    /// k e^(-kτ) / (1 - e^(-k)): 2 (1/k - 1 / (e^k - 1)).</summary>
    /// <param name="aversion">k; above 0 to 500.</param>
    public static double Spectral(double aversion)
    {
        Require.InRange(aversion, 1e-6, 500, nameof(aversion));
        return 2 * (1 / aversion - 1 / (Math.Exp(aversion) - 1));
    }

    protected override void Start(RandomStream random)
    {
    }

    protected override StepResult Advance(ReadOnlySpan<float> action, RandomStream random) =>
        new(random.NextInt(2), Terminated: false, Steps >= StepLimit);

    protected override void Observe(Span<float> observation) => observation[0] = 1;

    protected override void Save(BinaryWriter writer)
    {
    }

    protected override void Load(BinaryReader reader)
    {
    }
}
