using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// Trading on a decaying signal against quadratic costs: the one problem of trading with costs whose best policy is
/// known (<see cref="GarleanuPedersenOptions.OptimalPosition"/>: trade a fixed part of the way towards an aim).
/// </summary>
/// <remarks>
/// The action is the new position x, reached from the old one at λ S (x - x₋)² / 2. It then earns x r' with
/// r' = B f + noise of variance S, and is charged γ S x² / 2. The reward is (1 - ρ)(x r' - γ S x² / 2)
/// - λ S (x - x₋)² / 2, so that the paper's objective is the sum discounted by 1 - ρ, which is the discount an agent
/// has to use. The observation is (x₋, f). The predictor starts at its stationary distribution where it decays, else at
/// 0. Never terminated, truncated after <see cref="GarleanuPedersenOptions.Steps"/>.
/// </remarks>
public sealed class GarleanuPedersen : EpisodicEnvironment
{
    private readonly GarleanuPedersenOptions options;
    private double position, predictor;

    public GarleanuPedersen(GarleanuPedersenOptions? options = null)
        : base(
            Box.Uniform(float.NegativeInfinity, float.PositiveInfinity, 2),
            Box.Uniform(
                -(float)(options ?? new()).Validate().MaximumPosition, (float)(options ?? new()).MaximumPosition, 1))
    {
        this.options = options ?? new();
    }

    protected override void Start(RandomStream random)
    {
        double keeps = 1 - options.Decay;
        position = 0;
        predictor = options.Decay == 0
            ? 0
            : options.PredictorDeviation / Math.Sqrt(1 - keeps * keeps) * random.NextNormal();
    }

    protected override StepResult Advance(ReadOnlySpan<float> action, RandomStream random)
    {
        GarleanuPedersenOptions o = options;
        double target = action[0], trade = target - position;
        double earned = o.Loading * predictor + Math.Sqrt(o.Variance) * random.NextNormal();
        double reward = (1 - o.DiscountRate) * (target * earned - o.RiskAversion * o.Variance * target * target / 2)
            - o.TradingCost * o.Variance * trade * trade / 2;
        position = target;
        predictor = (1 - o.Decay) * predictor + o.PredictorDeviation * random.NextNormal();
        return new StepResult(reward, Terminated: false, Steps >= o.Steps);
    }

    protected override void Observe(Span<float> observation)
    {
        observation[0] = (float)position;
        observation[1] = (float)predictor;
    }

    protected override void Save(BinaryWriter writer)
    {
        writer.Write(position);
        writer.Write(predictor);
    }

    protected override void Load(BinaryReader reader)
    {
        position = reader.ReadDouble();
        predictor = reader.ReadDouble();
    }
}
