using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// What fraction of wealth to put on a bet that returns <see cref="BinomialOptions.Up"/> or
/// <see cref="BinomialOptions.Down"/>, over and over: Kelly's bets and binomial markets, for any constant relative risk
/// aversion. The best fraction is known in closed form (<see cref="BinomialOptions.OptimalFraction"/>) and is the same
/// at every time and wealth.
/// </summary>
/// <remarks>
/// The action is the fraction. The reward is the change of utility, U(W') - U(W), so that an episode's sum is
/// U(W_T) - U(1); at γ = 1 it is the logarithmic growth. The observation is (ln W, part of the periods left). An
/// episode terminates with its last bet.
/// </remarks>
public sealed class BinomialAllocation : EpisodicEnvironment
{
    private readonly BinomialOptions options;
    private double wealth = 1;

    public BinomialAllocation(BinomialOptions? options = null)
        : base(
            Box.Uniform(float.NegativeInfinity, float.PositiveInfinity, 2),
            BoxOf((options ?? new()).Validate()))
    {
        this.options = options ?? new();
    }

    /// <summary>The wealth; an episode starts with 1.</summary>
    public double Wealth => wealth;

    protected override void Start(RandomStream random) => wealth = 1;

    protected override StepResult Advance(ReadOnlySpan<float> action, RandomStream random)
    {
        double before = CrraUtility.Of(wealth, options.RiskAversion);
        double fraction = Math.Clamp(action[0], options.MinimumFraction, options.MaximumFraction);
        wealth *= options.Growth(fraction, random.NextDouble() < options.UpProbability);
        return new StepResult(
            CrraUtility.Of(wealth, options.RiskAversion) - before, Steps >= options.Periods, Truncated: false);
    }

    protected override void Observe(Span<float> observation)
    {
        observation[0] = (float)Math.Log(wealth);
        observation[1] = 1 - (float)Steps / options.Periods;
    }

    protected override void Save(BinaryWriter writer) => writer.Write(wealth);

    protected override void Load(BinaryReader reader) => wealth = reader.ReadDouble();

    private static Box BoxOf(BinomialOptions options) =>
        new([(float)options.MinimumFraction], [(float)options.MaximumFraction]);
}
