namespace FinML.Markets.Tests.Control;

/// <summary>Golden vectors: the equations of Gymnasium's pendulum.py in double precision.</summary>
public sealed class PendulumTests
{
    [Fact]
    public void FollowsTheGoldenTrajectory()
    {
        (Pendulum.State state, double total) = Roll(new(Math.PI - .1, .5), 2, -2, .5, 5, 0);
        Assert.Equal(3.2498309375537566, state.Angle, 1e-14);
        Assert.Equal(.9582666998785333, state.AngularVelocity, 1e-14);
        Assert.Equal(-48.08448574759521, total, 1e-13);
    }

    [Fact]
    public void SwingsFreelyForAnEpisode()
    {
        (_, double total) = Roll(new(1, 0), new double[200]);
        Assert.Equal(-1067.4522016320407, total, 1e-6); // chaotic: rounding grows
    }

    [Fact]
    public void IsTruncatedAfterItsLimitAndNeverTerminated()
    {
        var environment = new Pendulum();
        float[] observation = new float[3];
        environment.Reset(1, observation);
        for (int i = 1; i <= Pendulum.StepLimit; i++)
        {
            StepResult result = environment.Step([2], observation);
            Assert.Equal((false, i == 200), (result.Terminated, result.Truncated));
        }
    }

    private static (Pendulum.State State, double Total) Roll(Pendulum.State state, params double[] torques)
    {
        double total = 0;
        foreach (double torque in torques)
        {
            (state, double reward) = Pendulum.Move(state, torque);
            total += reward;
        }

        return (state, total);
    }
}
