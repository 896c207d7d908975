using System.Runtime.CompilerServices;
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
public sealed class CartPole : EpisodicEnvironment, IBatchable
{
    /// <summary>Steps after which an episode is truncated.</summary>
    public const int StepLimit = 500;

    internal const double Force = 10, PositionLimit = 2.4, AngleLimit = 12 * 2 * Math.PI / 360;

    private const double Gravity = 9.8, CartMass = 1.0, PoleMass = 0.1, HalfLength = 0.5, TimeStep = 0.02;

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

        // A pole that has not fallen leans less than the limit of the series.
        double angle = state.Angle;
        (OneReal sine, OneReal cosine) = Math.Abs(angle) <= SmallAngle.Limit
            ? SmallAngle.SineCosine(new OneReal(angle))
            : (new OneReal(Math.Sin(angle)), new OneReal(Math.Cos(angle)));
        Motion<OneReal> next = new Motion<OneReal>(
            new(state.Position), new(state.Velocity), new(angle), new(state.AngularVelocity))
            .After(new OneReal(action == 1 ? Force : -Force), sine, cosine);
        return new State(
            next.Position.Value, next.Velocity.Value, next.Angle.Value, next.AngularVelocity.Value);
    }

    /// <summary>Writes what the agent sees of a state.</summary>
    internal static void Observe(State state, Span<float> observation)
    {
        observation[0] = (float)state.Position;
        observation[1] = (float)state.Velocity;
        observation[2] = (float)state.Angle;
        observation[3] = (float)state.AngularVelocity;
    }

    /// <inheritdoc/>
    public IEnvironmentBatch? Batch(IReadOnlyList<IEnvironment> copies) =>
        copies.All(copy => copy is CartPole) ? new CartPoleBatch([.. copies.Cast<CartPole>()]) : null;

    /// <summary>The state and the steps taken, for the batch.</summary>
    internal (State State, int Steps) Progress
    {
        get => (state, Steps);
        set => (state, Steps) = value;
    }

    protected override void Start(RandomStream random) =>
        state = new State(Draw(random), Draw(random), Draw(random), Draw(random));

    protected override StepResult Advance(ReadOnlySpan<float> action, RandomStream random)
    {
        state = Move(state, (int)action[0]);
        bool failed = state.Failed;
        return new StepResult(1, failed, !failed && Steps >= StepLimit);
    }

    protected override void Observe(Span<float> observation) => Observe(state, observation);

    protected override void Save(BinaryWriter writer) => StateBytes.WriteArray<State>(writer, [state]);

    protected override void Load(BinaryReader reader)
    {
        Span<State> saved = [default];
        StateBytes.ReadArray(reader, saved);
        state = saved[0];
    }

    private static double Draw(RandomStream random) => -0.05 + 0.1 * random.NextDouble();

    /// <summary>The state of one cart or of several side by side.</summary>
    internal readonly struct Motion<T>(T position, T velocity, T angle, T angularVelocity)
        where T : struct, IReal<T>
    {
        internal T Position { get; } = position;

        internal T Velocity { get; } = velocity;

        internal T Angle { get; } = angle;

        internal T AngularVelocity { get; } = angularVelocity;

        /// <summary>The state one step later.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Motion<T> After(T force, T sine, T cosine)
        {
            T totalMass = T.Of(CartMass + PoleMass), poleMoment = T.Of(PoleMass * HalfLength);
            T timeStep = T.Of(TimeStep);
            T common = (force + poleMoment * AngularVelocity * AngularVelocity * sine) / totalMass;
            T angularAcceleration = (T.Of(Gravity) * sine - cosine * common)
                / (T.Of(HalfLength) * (T.Of(4.0 / 3.0) - T.Of(PoleMass) * cosine * cosine / totalMass));
            T acceleration = common - poleMoment * angularAcceleration * cosine / totalMass;

            // Explicit Euler: positions move by the old velocities.
            return new Motion<T>(
                Position + timeStep * Velocity,
                Velocity + timeStep * acceleration,
                Angle + timeStep * AngularVelocity,
                AngularVelocity + timeStep * angularAcceleration);
        }
    }
}
