namespace FinML.Markets.Tests.Control;

/// <summary>Golden vectors: the equations of Gymnasium's cartpole.py in double precision.</summary>
public sealed class CartPoleTests
{
    [Fact]
    public void FollowsTheGoldenTrajectory()
    {
        var state = new CartPole.State(.01, -.02, .03, .04);
        foreach (int action in new[] { 1, 0, 1, 1, 0 })
            state = CartPole.Move(state, action);

        // 1e-15: the same operations in another order may differ in the last bit.
        Assert.Equal(.023525558663475683, state.Position, 1e-15);
        Assert.Equal(.17316263692575581, state.Velocity, 1e-15);
        Assert.Equal(.012433087822150319, state.Angle, 1e-15);
        Assert.Equal(-.2095015286811472, state.AngularVelocity, 1e-15);
    }

    [Fact]
    public void PushingOneWayFailsAtTheEleventhStep()
    {
        var state = new CartPole.State(0, 0, .05, 0);
        int steps = 0;
        for (; !state.Failed; steps++)
            state = CartPole.Move(state, 1);
        Assert.Equal(11, steps);
        Assert.Equal(-.26566395195647824, state.Angle, 1e-14);
    }

    [Fact]
    public void TheSeriesOfSineAndCosineAreTheLibrarysToTheLastBits()
    {
        // θ' = θ + dt ω and ω' = ω + dt α: with x = v = ω = 0, α is the library's sine and cosine in the same equation.
        for (int i = -300; i <= 300; i++)
        {
            double angle = i / 1000.0, sine = Math.Sin(angle), cosine = Math.Cos(angle);
            double common = 10 / 1.1;
            double expected = 0.02 * ((9.8 * sine - cosine * common) / (0.5 * (4.0 / 3 - 0.1 * cosine * cosine / 1.1)));
            double got = CartPole.Move(new(0, 0, angle, 0), 1).AngularVelocity;
            Assert.Equal(expected, got, 4e-16 * Math.Abs(expected)); // two units in the last place
        }
    }

    [Fact]
    public void AKnownPolicyKeepsTheKnownScore()
    {
        // Push where the pole leans and moves: 485.6 on average (reference-rl, 1 se about 1.5 of 1,000 episodes).
        var environment = new CartPole();
        float[] observation = new float[4];
        double total = 0;
        bool truncated = false;
        const int Episodes = 1_000;
        for (ulong seed = 0; seed < Episodes; seed++)
        {
            environment.Reset(seed, observation);
            for (StepResult result = default; !result.Done; total += result.Reward, truncated |= result.Truncated)
                result = environment.Step([observation[2] + observation[3] > 0 ? 1 : 0], observation);
            Assert.InRange(environment.Steps, 1, CartPole.StepLimit);
        }

        Assert.True(truncated);
        Assert.InRange(total / Episodes, 480, 491);
    }

    [Fact]
    public void RefusesAnUnknownAction() =>
        Assert.Contains("from 0 to 1; it is 2",
            Assert.Throws<ArgumentOutOfRangeException>(() => CartPole.Move(default, 2)).Message);
}
