using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// Two steps on which the CVaR of the total reward has no optimal policy that looks at the present state only. The
/// first step pays ±4 at even odds, whatever the action; in the second one action 0 is a safe 0 and action 1 a risky +6
/// or -4 at even odds.
/// </summary>
/// <remarks>
/// At level 0.5 the mean-optimal policy is risky always (mean 1, CVaR -4), the optimum of the iterated CVaR safe always
/// (CVaR -4), and the optimum of the CVaR of the total is safe after +4 and risky after -4: CVaR -3, mean 0.5. An agent
/// finds the last one only where its state holds what was earned, or the threshold b of
/// max over b of b - E[(b - Z)⁺] / level. The observation is (step, what was earned).
/// </remarks>
public sealed class TimeInconsistentCvar : EpisodicEnvironment
{
    private static readonly OutcomeDistribution First = new((4, .5), (-4, .5)), Safe = new((0, 1)),
        Risky = new((6, .5), (-4, .5));

    private double earned;

    public TimeInconsistentCvar()
        : base(new Box([0, -10], [2, 10]), new Discrete(2))
    {
    }

    /// <summary>The distribution of the total reward of a policy of the second step.</summary>
    /// <param name="riskyAfterGain">Whether it takes the risk after +4.</param>
    /// <param name="riskyAfterLoss">Whether it takes the risk after -4.</param>
    public static OutcomeDistribution Total(bool riskyAfterGain, bool riskyAfterLoss) =>
        Second(riskyAfterGain).Plus(new((4, 1))).Or(Second(riskyAfterLoss).Plus(new((-4, 1))), .5);

    /// <summary>The iterated CVaR of a policy: the CVaR of what the first step pays plus the CVaR of the second.
    /// </summary>
    public static double IteratedCvar(bool riskyAfterGain, bool riskyAfterLoss, double level) =>
        new OutcomeDistribution(
            (4 + Second(riskyAfterGain).Cvar(level), .5), (-4 + Second(riskyAfterLoss).Cvar(level), .5)).Cvar(level);

    protected override void Start(RandomStream random) => earned = 0;

    protected override StepResult Advance(ReadOnlySpan<float> action, RandomStream random)
    {
        double reward = (Steps == 1 ? First : Second(action[0] == 1)).Draw(random);
        earned += reward;
        return new StepResult(reward, Terminated: Steps == 2, Truncated: false);
    }

    protected override void Observe(Span<float> observation)
    {
        observation[0] = Steps;
        observation[1] = (float)earned;
    }

    protected override void Save(BinaryWriter writer) => writer.Write(earned);

    protected override void Load(BinaryReader reader) => earned = reader.ReadDouble();

    private static OutcomeDistribution Second(bool risky) => risky ? Risky : Safe;
}
