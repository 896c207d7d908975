namespace FinML.Markets.Tests.Control;

/// <summary>Golden vectors: the equations of Gymnasium's acrobot.py in double precision.</summary>
public sealed class AcrobotTests
{
    [Fact]
    public void FollowsTheGoldenTrajectory()
    {
        var state = new Acrobot.State(.05, -.05, .02, .01);
        foreach (int action in new[] { 2, 2, 0, 1, 0 })
            state = Acrobot.Move(state, action);

        // 1e-14: the same operations in another order may differ in the last bits.
        Assert.Equal(-.037217883552467426, state.Angle1, 1e-14);
        Assert.Equal(.1325586417010577, state.Angle2, 1e-14);
        Assert.Equal(.26603056900203487, state.Speed1, 1e-14);
        Assert.Equal(-.7120894901921042, state.Speed2, 1e-14);
    }

    [Fact]
    public void WithoutTorqueTheStepKeepsTheEnergyToItsOrder()
    {
        // E = kinetic + potential, from the Lagrangian of two rods (Featherstone's form), not from the code's terms.
        var state = new Acrobot.State(1, .5, 0, 0);
        double start = Energy(state);
        for (int i = 0; i < 5; i++)
            state = Acrobot.Move(state, 1);

        // One Runge-Kutta step of .2 s has an error of order .2^5 = 3e-4 times the fifth derivative (about 10 here).
        Assert.Equal(start, Energy(state), 0.05);
        Assert.True(Math.Abs(state.Angle1 - 1) > 0.3);

        static double Energy(Acrobot.State s)
        {
            double total = s.Speed1 + s.Speed2;
            double kinetic = 0.5 * 1 * s.Speed1 * s.Speed1 + 0.5 * 1 * total * total
                + 0.5 * 0.25 * s.Speed1 * s.Speed1
                + 0.5 * (s.Speed1 * s.Speed1 + 0.25 * total * total + s.Speed1 * total * Math.Cos(s.Angle2));
            double height1 = -0.5 * Math.Cos(s.Angle1);
            double height2 = -Math.Cos(s.Angle1) - 0.5 * Math.Cos(s.Angle1 + s.Angle2);
            return kinetic + 9.8 * (height1 + height2);
        }
    }

    [Fact]
    public void AnglesAreWrappedAndSpeedsClipped()
    {
        Acrobot.State state = Acrobot.Move(new(3.1, -3.1, 4 * Math.PI, -9 * Math.PI), 2);
        Assert.InRange(state.Angle1, -Math.PI, Math.PI);
        Assert.InRange(state.Angle2, -Math.PI, Math.PI);
        Assert.InRange(state.Speed1, -4 * Math.PI, 4 * Math.PI);
        Assert.InRange(state.Speed2, -9 * Math.PI, 9 * Math.PI);
    }

    [Fact]
    public void AKnownPolicyKeepsTheKnownScore()
    {
        // Torque along the second link's motion: -91.1 on average (worst of the reference -401).
        var environment = new Acrobot();
        float[] observation = new float[6];
        double total = 0;
        const int Episodes = 200;
        for (ulong seed = 0; seed < Episodes; seed++)
        {
            environment.Reset(seed, observation);
            StepResult result = default;
            for (; !result.Done; total += result.Reward)
                result = environment.Step([observation[5] > 0 ? 2 : 0], observation);
            Assert.Equal(result.Terminated ? 0 : -1, result.Reward);
        }

        Assert.InRange(total / Episodes, -96, -86);
    }

    [Fact]
    public void DoingNothingIsTruncatedAtTheLimit()
    {
        var environment = new Acrobot();
        float[] observation = new float[6];
        environment.Reset(1, observation);
        for (int i = 1; i <= Acrobot.StepLimit; i++)
        {
            StepResult result = environment.Step([1], observation);
            Assert.Equal(new StepResult(-1, false, i == 500), result);
        }
    }

    [Fact]
    public void RefusesAnUnknownAction() =>
        Assert.Contains("from 0 to 2; it is 3",
            Assert.Throws<ArgumentOutOfRangeException>(() => Acrobot.Move(default, 3)).Message);
}
