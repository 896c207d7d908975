using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// Acrobot-v1: swing the free end of a two-link pendulum above a line with a torque of -1, 0 or 1 (actions 0, 1, 2) at
/// the joint between the links. Sutton, "Generalization in reinforcement learning" (NIPS 1995), with the equations of
/// Sutton and Barto's book as Gymnasium's <c>acrobot.py</c> has them: one Runge-Kutta step of 0.2 s.
/// </summary>
/// <remarks>
/// Reward -1 a step, 0 for the one that reaches the goal. Terminated where -cos θ₁ - cos(θ₁ + θ₂) &gt; 1; truncated
/// after 500 steps. Solved at a mean return of -100; a torque along the second link's motion gets -91. The observation
/// is (cos θ₁, sin θ₁, cos θ₂, sin θ₂, ω₁, ω₂). Starts are rounded to float32, as Gymnasium's are.
/// </remarks>
public sealed class Acrobot : EpisodicEnvironment
{
    /// <summary>Steps after which an episode is truncated.</summary>
    public const int StepLimit = 500;

    // Links of mass and length 1 with their centres in the middle; the moment of inertia is 1 for both.
    private const double Mass1 = 1, Mass2 = 1, Length1 = 1, Centre1 = 0.5, Centre2 = 0.5, Inertia1 = 1, Inertia2 = 1;
    private const double Gravity = 9.8, TimeStep = 0.2, MaximumSpeed1 = 4 * Math.PI, MaximumSpeed2 = 9 * Math.PI;

    private static readonly float[] Bound = [1, 1, 1, 1, (float)MaximumSpeed1, (float)MaximumSpeed2];

    private State state;

    public Acrobot()
        : base(new Box([-1, -1, -1, -1, -Bound[4], -Bound[5]], Bound), new Discrete(3))
    {
    }

    /// <summary>Angle of the first link (radians from hanging down), of the second one (relative to the first), and
    /// their angular velocities (radians per second).</summary>
    public readonly record struct State(double Angle1, double Angle2, double Speed1, double Speed2)
    {
        /// <summary>Whether the free end is above the line.</summary>
        public bool Reached => -Math.Cos(Angle1) - Math.Cos(Angle2 + Angle1) > 1;
    }

    /// <summary>The state one step later: angles wrapped to [-π, π], speeds clipped to ±4π and ±9π.</summary>
    /// <param name="state">The state.</param>
    /// <param name="action">0, 1 or 2: torque -1, 0 or 1.</param>
    public static State Move(State state, int action)
    {
        Require.InRange(action, 0, 2, nameof(action));
        double torque = action - 1;
        State k1 = Derivative(state, torque);
        State k2 = Derivative(Along(state, k1, TimeStep / 2), torque);
        State k3 = Derivative(Along(state, k2, TimeStep / 2), torque);
        State k4 = Derivative(Along(state, k3, TimeStep), torque);
        return new State(
            Wrap(state.Angle1 + Sixth(k1.Angle1, k2.Angle1, k3.Angle1, k4.Angle1)),
            Wrap(state.Angle2 + Sixth(k1.Angle2, k2.Angle2, k3.Angle2, k4.Angle2)),
            Math.Clamp(
                state.Speed1 + Sixth(k1.Speed1, k2.Speed1, k3.Speed1, k4.Speed1), -MaximumSpeed1, MaximumSpeed1),
            Math.Clamp(
                state.Speed2 + Sixth(k1.Speed2, k2.Speed2, k3.Speed2, k4.Speed2), -MaximumSpeed2, MaximumSpeed2));
    }

    protected override void Start(RandomStream random) =>
        state = new State(Draw(random), Draw(random), Draw(random), Draw(random));

    protected override StepResult Advance(ReadOnlySpan<float> action, RandomStream random)
    {
        state = Move(state, (int)action[0]);
        bool reached = state.Reached;
        return new StepResult(reached ? 0 : -1, reached, !reached && Steps >= StepLimit);
    }

    protected override void Observe(Span<float> observation)
    {
        observation[0] = (float)Math.Cos(state.Angle1);
        observation[1] = (float)Math.Sin(state.Angle1);
        observation[2] = (float)Math.Cos(state.Angle2);
        observation[3] = (float)Math.Sin(state.Angle2);
        observation[4] = (float)state.Speed1;
        observation[5] = (float)state.Speed2;
    }

    protected override void Save(BinaryWriter writer) => StateBytes.WriteArray<State>(writer, [state]);

    protected override void Load(BinaryReader reader)
    {
        Span<State> saved = [default];
        StateBytes.ReadArray(reader, saved);
        state = saved[0];
    }

    // The equations of motion: the rates of change of the four parts of the state.
    private static State Derivative(State s, double torque)
    {
        double sine2 = Math.Sin(s.Angle2), cosine2 = Math.Cos(s.Angle2);
        double d1 = Mass1 * Centre1 * Centre1
            + Mass2 * (Length1 * Length1 + Centre2 * Centre2 + 2 * Length1 * Centre2 * cosine2) + Inertia1 + Inertia2;
        double d2 = Mass2 * (Centre2 * Centre2 + Length1 * Centre2 * cosine2) + Inertia2;
        double phi2 = Mass2 * Centre2 * Gravity * Math.Cos(s.Angle1 + s.Angle2 - Math.PI / 2);
        double phi1 = -Mass2 * Length1 * Centre2 * s.Speed2 * s.Speed2 * sine2
            - 2 * Mass2 * Length1 * Centre2 * s.Speed2 * s.Speed1 * sine2
            + (Mass1 * Centre1 + Mass2 * Length1) * Gravity * Math.Cos(s.Angle1 - Math.PI / 2) + phi2;
        double acceleration2 =
            (torque + d2 / d1 * phi1 - Mass2 * Length1 * Centre2 * s.Speed1 * s.Speed1 * sine2 - phi2)
            / (Mass2 * Centre2 * Centre2 + Inertia2 - d2 * d2 / d1);
        double acceleration1 = -(d2 * acceleration2 + phi1) / d1;
        return new State(s.Speed1, s.Speed2, acceleration1, acceleration2);
    }

    private static State Along(State s, State rate, double time) => new(
        s.Angle1 + time * rate.Angle1,
        s.Angle2 + time * rate.Angle2,
        s.Speed1 + time * rate.Speed1,
        s.Speed2 + time * rate.Speed2);

    private static double Sixth(double k1, double k2, double k3, double k4) =>
        TimeStep / 6 * (k1 + 2 * k2 + 2 * k3 + k4);

    // The remainder is exact, so that one turn gives the bits of one subtraction of 2π.
    private static double Wrap(double angle) =>
        Math.Abs(angle) <= Math.PI ? angle : Math.IEEERemainder(angle, 2 * Math.PI);

    private static float Draw(RandomStream random) => (float)(-0.1 + 0.2 * random.NextDouble());
}
