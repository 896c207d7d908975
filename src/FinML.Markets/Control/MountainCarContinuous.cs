using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// MountainCarContinuous-v0: an engine too weak for the hill has to swing a car out of a valley. Moore (1990), with the
/// dynamics of Gymnasium's <c>continuous_mountain_car.py</c>; the force lies within ±1.
/// </summary>
/// <remarks>
/// Reward -0.1 a² a step and 100 for the one that reaches the goal (position ≥ 0.45, velocity ≥ 0), which terminates;
/// truncated after 999 steps. Solved at a mean return of 90. Doing nothing gets 0, the local optimum that agents fall
/// into; full force along the motion gets 89, a fifth of it 98. A step is computed in float64 and stored in float32, as
/// Gymnasium's is.
/// </remarks>
public sealed class MountainCarContinuous : EpisodicEnvironment
{
    /// <summary>Steps after which an episode is truncated.</summary>
    public const int StepLimit = 999;

    private const double Power = 0.0015, Slope = 0.0025, MaximumSpeed = 0.07, GoalPosition = 0.45, GoalReward = 100;
    private const double LowestPosition = -1.2, HighestPosition = 0.6, MaximumForce = 1;

    private State state;

    public MountainCarContinuous()
        : base(
            new Box([(float)LowestPosition, -(float)MaximumSpeed], [(float)HighestPosition, (float)MaximumSpeed]),
            new Box([-(float)MaximumForce], [(float)MaximumForce]))
    {
    }

    /// <summary>Position, -1.2 to 0.6, and velocity, -0.07 to 0.07.</summary>
    public readonly record struct State(float Position, float Velocity);

    /// <summary>The equations of motion: the state one step later, the reward and whether the goal was reached.
    /// The force is clipped to ±1; the reward charges the unclipped action.</summary>
    public static (State Next, double Reward, bool Reached) Move(State state, double action)
    {
        double force = Math.Clamp(action, -MaximumForce, MaximumForce);
        double velocity = state.Velocity + force * Power - Slope * Math.Cos(3 * (double)state.Position);
        velocity = Math.Clamp(velocity, -MaximumSpeed, MaximumSpeed);
        double position = Math.Clamp(state.Position + velocity, LowestPosition, HighestPosition);

        // The wall on the left takes the car's speed.
        if (position == LowestPosition && velocity < 0)
            velocity = 0;
        bool reached = position >= GoalPosition && velocity >= 0;
        double reward = (reached ? GoalReward : 0) - 0.1 * action * action;
        return (new State((float)position, (float)velocity), reward, reached);
    }

    protected override void Start(RandomStream random) =>
        state = new State((float)(-0.6 + 0.2 * random.NextDouble()), 0);

    protected override StepResult Advance(ReadOnlySpan<float> action, RandomStream random)
    {
        (state, double reward, bool reached) = Move(state, action[0]);
        return new StepResult(reward, reached, !reached && Steps >= StepLimit);
    }

    protected override void Observe(Span<float> observation)
    {
        observation[0] = state.Position;
        observation[1] = state.Velocity;
    }

    protected override void Save(BinaryWriter writer) => StateBytes.WriteArray<State>(writer, [state]);

    protected override void Load(BinaryReader reader)
    {
        Span<State> saved = [default];
        StateBytes.ReadArray(reader, saved);
        state = saved[0];
    }
}
