namespace FinML.Markets.Tests.Control;

/// <summary>Golden vectors: the equations of Gymnasium's continuous_mountain_car.py in double precision.</summary>
public sealed class MountainCarContinuousTests
{
    [Fact]
    public void FollowsTheGoldenTrajectory()
    {
        var state = new MountainCarContinuous.State(-.5f, 0);
        double total = 0;
        foreach (double action in new[] { 1, -1, .5, 2, -.3 })
        {
            (state, double reward, bool reached) = MountainCarContinuous.Move(state, action);
            total += reward;
            Assert.False(reached);
        }

        // 1e-6: the state is stored in float32, the reference in float64.
        Assert.Equal(-.49645118741373956, state.Position, 1e-6);
        Assert.Equal(.0008699827340840761, state.Velocity, 1e-6);
        Assert.Equal(-.634, total, 1e-15);
    }

    [Theory]
    [InlineData(1, 88, 91)] // 89.3 in the reference
    [InlineData(0.2, 97.5, 99)] // 98.6
    [InlineData(0, 0, 0)] // the local optimum
    public void KnownPoliciesKeepTheirScores(double force, double least, double most)
    {
        var environment = new MountainCarContinuous();
        float[] observation = new float[2];
        double total = 0;
        const int Episodes = 100;
        for (ulong seed = 0; seed < Episodes; seed++)
        {
            environment.Reset(seed, observation);
            for (StepResult result = default; !result.Done; total += result.Reward)
            {
                result = environment.Step([(float)(observation[1] < 0 ? -force : force)], observation);
                Assert.Equal(result.Truncated, environment.Steps == 999 && !result.Terminated);
            }
        }

        Assert.InRange(total / Episodes, least, most);
    }

    [Fact]
    public void TheWallStopsTheCarAndTheGoalEndsTheEpisode()
    {
        (MountainCarContinuous.State wall, _, _) = MountainCarContinuous.Move(new(-1.19f, -.05f), -1);
        Assert.Equal(new MountainCarContinuous.State(-1.2f, 0), wall);
        (_, double reward, bool reached) = MountainCarContinuous.Move(new(.44f, .05f), .5);
        Assert.True(reached);
        Assert.Equal(100 - .1 * .25, reward, 1e-12);
    }
}
