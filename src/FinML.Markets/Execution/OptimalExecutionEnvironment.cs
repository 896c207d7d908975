using FinML.Data;

namespace FinML.Markets.Execution;

/// <summary>
/// Selling a position in N trades in the market of Almgren and Chriss (2000). Trade k of n_k shares gets
/// S_(k-1) - ε - η n_k / τ a share; then S_k = S_(k-1) + σ √τ ξ_k - γ n_k with ξ_k standard normal.
/// </summary>
/// <remarks>
/// Action: the fraction of what is left to sell now, 0 to 1; the last trade sells everything. Observation: the fraction
/// of the trades that are left, the fraction of the shares that are left, and the price's return since the start in
/// units of σ √T / S₀. Reward: proceeds less their value at S₀, less λ σ² τ x_k² for what is still held, in basis
/// points of X S₀: the expected sum is -(E + λ V) of the schedule, which <see cref="AlmgrenChriss"/> makes smallest.
/// The price may become negative, as in the model. The last trade terminates.
/// </remarks>
public sealed class OptimalExecutionEnvironment : EpisodicEnvironment
{
    private readonly ImpactOptions options;
    private readonly double scale;

    private double price, left, proceeds;

    public OptimalExecutionEnvironment(ImpactOptions? options = null)
        : base(
            new Box([0, 0, float.NegativeInfinity], [1, 1, float.PositiveInfinity]),
            new Box([0], [1]))
    {
        this.options = (options ?? new ImpactOptions()).Validate();
        scale = 1e4 / (this.options.Shares * this.options.InitialPrice);
    }

    /// <summary>S, in currency.</summary>
    public double Price => price;

    /// <summary>Shares still to be sold.</summary>
    public double Left => left;

    /// <summary>X S₀ - proceeds so far - what is left at S₀, in currency.</summary>
    public double Shortfall => (options.Shares - left) * options.InitialPrice - proceeds;

    /// <summary>The action that leaves <paramref name="holding"/> shares, or the nearest that is possible.</summary>
    public float FractionTo(double holding) => left > 0 ? (float)Math.Clamp(1 - holding / left, 0, 1) : 0;

    protected override void Start(RandomStream random)
    {
        price = options.InitialPrice;
        left = options.Shares;
        proceeds = 0;
    }

    protected override StepResult Advance(ReadOnlySpan<float> action, RandomStream random)
    {
        bool last = Steps >= options.Intervals;
        double sold = last ? left : left * action[0], tau = options.Interval;
        double got = price - (sold > 0 ? options.FixedCost : 0) - options.TemporaryImpact * sold / tau;
        proceeds += sold * got;
        left = last ? 0 : left - sold;
        price += options.Volatility * Math.Sqrt(tau) * random.NextNormal() - options.PermanentImpact * sold;
        double risk = options.RiskAversion * options.Volatility * options.Volatility * tau * left * left;
        return new StepResult(scale * (sold * (got - options.InitialPrice) - risk), last, false);
    }

    protected override void Observe(Span<float> observation)
    {
        observation[0] = (float)(options.Intervals - Steps) / options.Intervals;
        observation[1] = (float)(left / options.Shares);
        double unit = options.Volatility * Math.Sqrt(options.Horizon);
        observation[2] = unit > 0 ? (float)((price - options.InitialPrice) / unit) : 0;
    }

    protected override void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(price);
        writer.Write(left);
        writer.Write(proceeds);
    }

    protected override void Load(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        price = reader.ReadDouble();
        left = reader.ReadDouble();
        proceeds = reader.ReadDouble();
    }
}
