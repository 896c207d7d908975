using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// A choice between arms with known distributions, once an episode: what a risk-sensitive agent has to get exactly
/// right before anything else. The observation is the constant 1; every step terminates.
/// </summary>
public sealed class Bandit : EpisodicEnvironment
{
    private readonly OutcomeDistribution[] arms;

    /// <exception cref="ArgumentException">Fewer than two arms.</exception>
    public Bandit(params ReadOnlySpan<OutcomeDistribution> arms)
        : base(new Box([1], [1]), new Discrete(Math.Max(arms.Length, 1)))
    {
        if (arms.Length < 2)
            throw new ArgumentException($"A bandit needs at least 2 arms; it has {arms.Length}.", nameof(arms));
        this.arms = arms.ToArray();
        foreach (OutcomeDistribution arm in arms)
            ArgumentNullException.ThrowIfNull(arm, nameof(arms));
    }

    /// <summary>
    /// A safe 1 (arm 0) against 3 with probability 0.9 and -5 with 0.1 (arm 1). The mean prefers the risk (2.2); the
    /// CVaR of the risk is 3 - 0.8 / level for levels from 0.1, so that the choice changes at exactly 0.4.
    /// </summary>
    public static Bandit SafeOrRisky() =>
        new(new OutcomeDistribution((1, 1)), new OutcomeDistribution((3, .9), (-5, .1)));

    /// <summary>The distributions of the arms.</summary>
    public IReadOnlyList<OutcomeDistribution> Arms => arms;

    /// <summary>The arm with the highest CVaR at a level, the first of equals; at level 1 the one with the highest
    /// mean.</summary>
    public int BestArm(double level)
    {
        int best = 0;
        for (int arm = 1; arm < arms.Length; arm++)
            best = arms[arm].Cvar(level) > arms[best].Cvar(level) ? arm : best;
        return best;
    }

    protected override void Start(RandomStream random)
    {
    }

    protected override StepResult Advance(ReadOnlySpan<float> action, RandomStream random) =>
        new(arms[(int)action[0]].Draw(random), Terminated: true, Truncated: false);

    protected override void Observe(Span<float> observation) => observation[0] = 1;

    protected override void Save(BinaryWriter writer)
    {
    }

    protected override void Load(BinaryReader reader)
    {
    }
}
