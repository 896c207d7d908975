using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// CartPole-v1: push a cart left (0) or right (1) so that the pole on it stays up. Barto, Sutton and Anderson (1983),
/// with the dynamics, bounds and order of updates of Gymnasium's <c>cartpole.py</c> (explicit Euler, 0.02 s).
/// </summary>
/// <remarks>
/// Reward 1 for every step, that of the fall included. Terminated where |x| &gt; 2.4 or |θ| &gt; 12°; truncated after
/// 500 steps. Solved at a mean return of 475; a random policy gets 22. The state is float64, the observation float32.
/// </remarks>
public sealed class CartPole : EpisodicEnvironment
{
    /// <summary>Steps after which an episode is truncated.</summary>
    public const int StepLimit = 500;

    private const double Gravity = 9.8, CartMass = 1.0, PoleMass = 0.1, HalfLength = 0.5, Force = 10, TimeStep = 0.02;
    private const double PositionLimit = 2.4;
    private const double AngleLimit = 12 * 2 * Math.PI / 360;

    // Gymnasium's bounds: twice the limits, so that the observation of the fall lies inside.
    private static readonly float[] Bound =
        [(float)(2 * PositionLimit), float.PositiveInfinity, (float)(2 * AngleLimit), float.PositiveInfinity];

    private State state;

    public CartPole()
        : base(new Box([-Bound[0], -Bound[1], -Bound[2], -Bound[3]], Bound), new Discrete(2))
    {
    }

    /// <summary>Position (m) and velocity of the cart, angle (radians from upright) and angular velocity of the
    /// pole.</summary>
    public readonly record struct State(double Position, double Velocity, double Angle, double AngularVelocity)
    {
        /// <summary>Whether the cart left the track or the pole fell.</summary>
        public bool Failed => Math.Abs(Position) > PositionLimit || Math.Abs(Angle) > AngleLimit;
    }

    /// <summary>The equations of motion: the state one step later.</summary>
    /// <param name="state">The state.</param>
    /// <param name="action">0 pushes to the left, 1 to the right.</param>
    public static State Move(State state, int action)
    {
        Require.InRange(action, 0, 1, nameof(action));
        double force = action == 1 ? Force : -Force;
        double sine = Math.Sin(state.Angle), cosine = Math.Cos(state.Angle);
        const double TotalMass = CartMass + PoleMass, PoleMoment = PoleMass * HalfLength;
        double common = (force + PoleMoment * state.AngularVelocity * state.AngularVelocity * sine) / TotalMass;
        double angularAcceleration = (Gravity * sine - cosine * common)
            / (HalfLength * (4.0 / 3.0 - PoleMass * cosine * cosine / TotalMass));
        double acceleration = common - PoleMoment * angularAcceleration * cosine / TotalMass;

        // Explicit Euler: positions move by the old velocities.
        return new State(
            state.Position + TimeStep * state.Velocity,
            state.Velocity + TimeStep * acceleration,
            state.Angle + TimeStep * state.AngularVelocity,
            state.AngularVelocity + TimeStep * angularAcceleration);
    }

    protected override void Start(RandomStream random) =>
        state = new State(Draw(random), Draw(random), Draw(random), Draw(random));

    protected override StepResult Advance(ReadOnlySpan<float> action, RandomStream random)
    {
        state = Move(state, (int)action[0]);
        bool failed = state.Failed;
        return new StepResult(1, failed, !failed && Steps >= StepLimit);
    }

    protected override void Observe(Span<float> observation)
    {
        observation[0] = (float)state.Position;
        observation[1] = (float)state.Velocity;
        observation[2] = (float)state.Angle;
        observation[3] = (float)state.AngularVelocity;
    }

    protected override void Save(BinaryWriter writer) => StateBytes.WriteArray<State>(writer, [state]);

    protected override void Load(BinaryReader reader)
    {
        Span<State> saved = [default];
        StateBytes.ReadArray(reader, saved);
        state = saved[0];
    }

    private static double Draw(RandomStream random) => -0.05 + 0.1 * random.NextDouble();
}
