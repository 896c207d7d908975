using FinML.Data;
using FinML.Markets;

namespace FinML.Verification;

/// <summary>Pendulum, Acrobot and MountainCarContinuous, held to vectors computed from Gymnasium's equations in double
/// precision.</summary>
internal static class ControlTaskChecks
{
    private const string PendulumSource = "Gymnasium pendulum.py, from (π - .1, .5) with torques 2,-2,.5,5,0";
    private const string AcrobotSource = "Gymnasium acrobot.py, from (.05, -.05, .02, .01) with actions 2,2,0,1,0";
    private const string CarSource =
        "Gymnasium continuous_mountain_car.py, from (-.5, 0) with forces 1,-1,.5,2,-.3; stored in float32";

    private const string ScoreSource = "the same policy on Gymnasium's equations in double precision";

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("markets.pendulum.angle", "Pendulum-v1: angle after 5 steps", PendulumSource,
            3.2498309375537566, 1e-14, _ => Swing(new(Math.PI - .1, .5), 2, -2, .5, 5, 0).State.Angle),
        new("markets.pendulum.angular-velocity", "Pendulum-v1: angular velocity after 5 steps", PendulumSource,
            .9582666998785333, 1e-14, _ => Swing(new(Math.PI - .1, .5), 2, -2, .5, 5, 0).State.AngularVelocity),
        new("markets.pendulum.return", "Pendulum-v1: return of 5 steps", PendulumSource,
            -48.08448574759521, 1e-13, _ => Swing(new(Math.PI - .1, .5), 2, -2, .5, 5, 0).Return),
        new("markets.pendulum.free-swing", "Pendulum-v1: return of 200 steps without torque (chaotic)",
            "Gymnasium pendulum.py, from (1, 0)", -1067.4522016320407, 1e-6,
            _ => Swing(new(1, 0), new double[200]).Return),
        new("markets.acrobot.angle-1", "Acrobot-v1: angle of the first link after 5 steps", AcrobotSource,
            -.037217883552467426, 1e-14, _ => AcrobotAfterFiveSteps().Angle1),
        new("markets.acrobot.angle-2", "Acrobot-v1: angle of the second link after 5 steps", AcrobotSource,
            .1325586417010577, 1e-14, _ => AcrobotAfterFiveSteps().Angle2),
        new("markets.acrobot.angular-velocity-1", "Acrobot-v1: angular velocity of the first link after 5 steps",
            AcrobotSource, .26603056900203487, 1e-14, _ => AcrobotAfterFiveSteps().Speed1),
        new("markets.acrobot.angular-velocity-2", "Acrobot-v1: angular velocity of the second link after 5 steps",
            AcrobotSource, -.7120894901921042, 1e-14, _ => AcrobotAfterFiveSteps().Speed2),
        new("markets.mountain-car.position", "MountainCarContinuous-v0: position after 5 steps", CarSource,
            -.49645118741373956, 1e-6, _ => CarAfterFiveSteps().State.Position),
        new("markets.mountain-car.velocity", "MountainCarContinuous-v0: velocity after 5 steps", CarSource,
            .0008699827340840761, 1e-6, _ => CarAfterFiveSteps().State.Velocity),
        new("markets.mountain-car.return", "MountainCarContinuous-v0: return of 5 steps", CarSource,
            -.634, 1e-14, _ => CarAfterFiveSteps().Return),

        // Means of many episodes; the tolerances are three to four standard errors of both sides.
        new("markets.scores.cartpole-random", "CartPole-v1: mean return of random actions", ScoreSource, 22.0, 1.2,
            _ => RandomScore(new CartPole(), 2_000)),
        new("markets.scores.cartpole-leaning", "CartPole-v1: mean return of pushing where the pole leans and turns",
            ScoreSource, 485.6, 6, _ => Score(new CartPole(), 1_000, s => s[2] + s[3] > 0 ? 1 : 0)),
        new("markets.scores.pendulum-random", "Pendulum-v1: mean return of random torques", ScoreSource, -1230, 45,
            _ => RandomScore(new Pendulum(), 1_000)),
        new("markets.scores.acrobot-swinging", "Acrobot-v1: mean return of a torque along the second link's motion",
            ScoreSource, -91.1, 4, _ => Score(new Acrobot(), 500, s => s[5] > 0 ? 2 : 0)),
        new("markets.scores.mountain-car-full-force", "MountainCarContinuous-v0: full force along the motion",
            ScoreSource, 89.3, 1, _ => Score(new MountainCarContinuous(), 200, s => s[1] < 0 ? -1 : 1)),
        new("markets.scores.mountain-car-fifth-of-force", "MountainCarContinuous-v0: a fifth of it",
            ScoreSource, 98.6, .5, _ => Score(new MountainCarContinuous(), 200, s => s[1] < 0 ? -.2f : .2f)),
    ];

    private static double RandomScore(IEnvironment environment, int episodes)
    {
        var random = new RandomStream(1);
        float[] action = new float[environment.ActionSpace.Size];
        return Score(environment, episodes, _ =>
        {
            environment.ActionSpace.Sample(random, action);
            return action[0];
        });
    }

    private static double Score(IEnvironment environment, int episodes, Func<float[], float> policy)
    {
        float[] observation = new float[environment.ObservationSpace.Size];
        double total = 0;
        for (int episode = 0; episode < episodes; episode++)
        {
            environment.Reset((ulong)episode, observation);
            for (StepResult result = default; !result.Done; total += result.Reward)
                result = environment.Step([policy(observation)], observation);
        }

        return total / episodes;
    }

    private static (Pendulum.State State, double Return) Swing(Pendulum.State state, params double[] torques)
    {
        double total = 0;
        foreach (double torque in torques)
        {
            (state, double reward) = Pendulum.Move(state, torque);
            total += reward;
        }

        return (state, total);
    }

    private static Acrobot.State AcrobotAfterFiveSteps()
    {
        var state = new Acrobot.State(.05, -.05, .02, .01);
        foreach (int action in new[] { 2, 2, 0, 1, 0 })
            state = Acrobot.Move(state, action);
        return state;
    }

    private static (MountainCarContinuous.State State, double Return) CarAfterFiveSteps()
    {
        var state = new MountainCarContinuous.State(-.5f, 0);
        double total = 0;
        foreach (double force in new[] { 1, -1, .5, 2, -.3 })
        {
            (state, double reward, _) = MountainCarContinuous.Move(state, force);
            total += reward;
        }

        return (state, total);
    }
}
