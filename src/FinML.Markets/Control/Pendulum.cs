using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// Pendulum-v1: swing a pendulum up and hold it there with a weak motor. The dynamics of Gymnasium's
/// <c>pendulum.py</c>: semi-implicit Euler, 0.05 s; torque within ±2, angular velocity within ±8.
/// </summary>
/// <remarks>
/// Reward -(wrap(θ)² + 0.1 ω² + 0.001 u²) from the state before the step. Never terminated, truncated after 200 steps.
/// A random policy gets -1230, the optimum is near -138. The observation is (cos θ, sin θ, ω).
/// </remarks>
public sealed class Pendulum : EpisodicEnvironment
{
    /// <summary>Steps after which an episode is truncated.</summary>
    public const int StepLimit = 200;

    private const double Gravity = 10, Mass = 1, Length = 1, TimeStep = 0.05, MaximumTorque = 2, MaximumSpeed = 8;

    private State state;

    public Pendulum()
        : base(
            new Box([-1, -1, -(float)MaximumSpeed], [1, 1, (float)MaximumSpeed]),
            new Box([-(float)MaximumTorque], [(float)MaximumTorque]))
    {
    }

    /// <summary>Angle (radians from upright, not wrapped) and angular velocity (radians per second).</summary>
    public readonly record struct State(double Angle, double AngularVelocity);

    /// <summary>The equations of motion: the state one step later, and the reward. The torque is clipped to
    /// ±2.</summary>
    public static (State Next, double Reward) Move(State state, double torque)
    {
        double u = Math.Clamp(torque, -MaximumTorque, MaximumTorque);
        double angle = Wrap(state.Angle), speed = state.AngularVelocity;
        double reward = -(angle * angle + 0.1 * speed * speed + 0.001 * u * u);
        double acceleration = 3 * Gravity / (2 * Length) * Math.Sin(state.Angle) + 3 / (Mass * Length * Length) * u;
        double next = Math.Clamp(speed + acceleration * TimeStep, -MaximumSpeed, MaximumSpeed);
        return (new State(state.Angle + next * TimeStep, next), reward);
    }

    protected override void Start(RandomStream random) =>
        state = new State(Math.PI * (2 * random.NextDouble() - 1), 2 * random.NextDouble() - 1);

    protected override StepResult Advance(ReadOnlySpan<float> action, RandomStream random)
    {
        (state, double reward) = Move(state, action[0]);
        return new StepResult(reward, false, Steps >= StepLimit);
    }

    protected override void Observe(Span<float> observation)
    {
        observation[0] = (float)Math.Cos(state.Angle);
        observation[1] = (float)Math.Sin(state.Angle);
        observation[2] = (float)state.AngularVelocity;
    }

    protected override void Save(BinaryWriter writer) => StateBytes.WriteArray<State>(writer, [state]);

    protected override void Load(BinaryReader reader)
    {
        Span<State> saved = [default];
        StateBytes.ReadArray(reader, saved);
        state = saved[0];
    }

    private static double Wrap(double angle)
    {
        double turned = (angle + Math.PI) % (2 * Math.PI);
        return (turned < 0 ? turned + 2 * Math.PI : turned) - Math.PI;
    }
}
