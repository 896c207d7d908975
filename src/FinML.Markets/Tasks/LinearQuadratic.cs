using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// A linear system that is to be held at zero by one control, with quadratic costs: the problem whose optimal policy,
/// value and gradient are all known (<see cref="LinearQuadraticSolution"/>).
/// </summary>
/// <remarks>
/// x' = A x + b u + noise. The reward is -(x'Q x + ρ u²) from the state before the step; the observation is x, the
/// action u. Never terminated, truncated after <see cref="LinearQuadraticOptions.Steps"/>.
/// </remarks>
public sealed class LinearQuadratic : EpisodicEnvironment
{
    private readonly LinearQuadraticOptions options;
    private readonly double[] state, next; // (states)

    public LinearQuadratic(LinearQuadraticOptions? options = null)
        : base(
            Box.Uniform(float.NegativeInfinity, float.PositiveInfinity, (options ?? new()).Validate().States),
            Box.Uniform(-(float)(options ?? new()).MaximumControl, (float)(options ?? new()).MaximumControl, 1))
    {
        this.options = options ?? new();
        state = new double[this.options.States];
        next = new double[this.options.States];
    }

    protected override void Start(RandomStream random)
    {
        for (int i = 0; i < state.Length; i++)
            state[i] = options.StartDeviation * random.NextNormal();
    }

    protected override StepResult Advance(ReadOnlySpan<float> action, RandomStream random)
    {
        double control = action[0], cost = options.ControlCost * control * control;
        for (int i = 0; i < state.Length; i++)
        {
            next[i] = options.Control[i] * control + options.NoiseDeviation * random.NextNormal();
            for (int j = 0; j < state.Length; j++)
            {
                cost += state[i] * options.StateCost[i, j] * state[j];
                next[i] += options.Dynamics[i, j] * state[j];
            }
        }

        next.CopyTo(state, 0);
        return new StepResult(-cost, Terminated: false, Steps >= options.Steps);
    }

    protected override void Observe(Span<float> observation)
    {
        for (int i = 0; i < state.Length; i++)
            observation[i] = (float)state[i];
    }

    protected override void Save(BinaryWriter writer) => StateBytes.WriteArray<double>(writer, state);

    protected override void Load(BinaryReader reader) => StateBytes.ReadArray<double>(reader, state);
}
