using FinML.Markets;

namespace FinML.Verification;

/// <summary>Control-task dynamics, held to vectors computed from Gymnasium's equations in double precision.</summary>
internal static class MarketChecks
{
    private const string CartPoleSource = "Gymnasium cartpole.py, from (.01, -.02, .03, .04) with actions 1,0,1,1,0";

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("markets.cartpole.position", "CartPole-v1: position after 5 steps", CartPoleSource,
            0.023525558663475683, 1e-15, _ => AfterFiveSteps().Position),
        new("markets.cartpole.velocity", "CartPole-v1: velocity after 5 steps", CartPoleSource,
            0.17316263692575581, 1e-14, _ => AfterFiveSteps().Velocity),
        new("markets.cartpole.angle", "CartPole-v1: angle after 5 steps", CartPoleSource,
            0.012433087822150319, 1e-15, _ => AfterFiveSteps().Angle),
        new("markets.cartpole.angular-velocity", "CartPole-v1: angular velocity after 5 steps", CartPoleSource,
            -0.2095015286811472, 1e-14, _ => AfterFiveSteps().AngularVelocity),
        new("markets.cartpole.fall", "CartPole-v1: step at which pushing right from (0, 0, .05, 0) fails",
            "Gymnasium cartpole.py", 11, 0, _ => StepsToFall()),
    ];

    private static CartPole.State AfterFiveSteps()
    {
        var state = new CartPole.State(0.01, -0.02, 0.03, 0.04);
        foreach (int action in new[] { 1, 0, 1, 1, 0 })
            state = CartPole.Move(state, action);
        return state;
    }

    private static int StepsToFall()
    {
        var state = new CartPole.State(0, 0, 0.05, 0);
        int steps = 0;
        while (!state.Failed)
        {
            state = CartPole.Move(state, 1);
            steps++;
        }

        return steps;
    }
}
