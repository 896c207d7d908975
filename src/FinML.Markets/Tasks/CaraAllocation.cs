using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// How much money to hold in a risky asset with normal returns over a few periods, for a constant absolute risk
/// aversion. The best amounts and the value are exact in discrete time (<see cref="CaraOptions"/>), which makes it the
/// first test of an agent with continuous actions.
/// </summary>
/// <remarks>
/// The action is the amount x, in currency; W' = x (1 + R) + (W - x)(1 + r). The reward is 0 but for the last period's,
/// the utility of the last wealth. The observation is (W, part of the periods left). An episode starts with a wealth of
/// 1 and terminates with its last period.
/// </remarks>
public sealed class CaraAllocation : EpisodicEnvironment
{
    private readonly CaraOptions options;
    private double wealth = 1;

    public CaraAllocation(CaraOptions? options = null)
        : base(
            Box.Uniform(float.NegativeInfinity, float.PositiveInfinity, 2),
            Box.Uniform(
                -(float)(options ?? new()).Validate().MaximumAmount, (float)(options ?? new()).MaximumAmount, 1))
    {
        this.options = options ?? new();
    }

    /// <summary>The wealth; an episode starts with 1.</summary>
    public double Wealth => wealth;

    protected override void Start(RandomStream random) => wealth = 1;

    protected override StepResult Advance(ReadOnlySpan<float> action, RandomStream random)
    {
        double risky = options.Mean + options.Deviation * random.NextNormal();
        wealth = wealth * (1 + options.Rate) + action[0] * (risky - options.Rate);
        bool last = Steps >= options.Periods;
        return new StepResult(last ? options.Utility(wealth) : 0, last, Truncated: false);
    }

    protected override void Observe(Span<float> observation)
    {
        observation[0] = (float)wealth;
        observation[1] = 1 - (float)Steps / options.Periods;
    }

    protected override void Save(BinaryWriter writer) => writer.Write(wealth);

    protected override void Load(BinaryReader reader) => wealth = reader.ReadDouble();
}
