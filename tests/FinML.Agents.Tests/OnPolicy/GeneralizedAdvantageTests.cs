namespace FinML.Agents.Tests.OnPolicy;

public sealed class GeneralizedAdvantageTests
{
    private static readonly float[] Rewards = [1, 1, 1], Values = [.5f, .4f, .3f];

    // γ .9, λ .8, V(final) .2, from the definition: δ_2 = 1 + .9 x .2 - .3 = .88 (or .7 when terminated), and so on.
    [Theory]
    [InlineData(false, true, 1.942592, 1.5036, .88)]
    [InlineData(true, false, 1.84928, 1.374, .7)]
    [InlineData(false, false, 1.942592, 1.5036, .88)]
    public void GoldenNumbers(bool terminated, bool truncated, double a0, double a1, double a2)
    {
        // Where the episode goes on, .2 is the value of the next observation; where it was truncated, of the final one.
        float last = terminated || truncated ? 77 : .2f;
        float[] finals = [55, 55, truncated ? .2f : 55];
        (float[] advantages, float[] returns) = Compute(
            [false, false, terminated], [false, false, truncated], finals, last);
        Assert.Equal([a0, a1, a2], advantages.Select(a => (double)a), Near);
        Assert.Equal([a0 + .5, a1 + .4, a2 + .3], returns.Select(r => (double)r), Near);
    }

    [Fact]
    public void NothingFlowsBackOverTheEndOfAnEpisode()
    {
        foreach (bool terminated in new[] { false, true })
        {
            bool[] ends = [true, false, false], none = [false, false, false];
            (bool[] t, bool[] c) = terminated ? (ends, none) : (none, ends);
            float a = Compute(t, c, [.1f, 0, 0], 1).Advantages[0], b = Compute(t, c, [.1f, 0, 0], 100).Advantages[0];
            Assert.Equal(a, b);
            Assert.Equal(terminated ? .5 : .59, a, 6);
        }
    }

    [Fact]
    public void LambdaOneIsTheDiscountedReturnLessTheValue()
    {
        float[] advantages = new float[3], returns = new float[3];
        GeneralizedAdvantage.Compute(
            Rewards, Values, new bool[3], new bool[3], new float[3], [2], .9, 1, advantages, returns);
        Assert.Equal(1 + .9 + .81 + .729 * 2, returns[0], 6);
        GeneralizedAdvantage.Compute(
            Rewards, Values, new bool[3], new bool[3], new float[3], [2], .9, 0, advantages, returns);
        Assert.Equal(1 + .9 * .4, returns[0], 6);
    }

    [Fact]
    public void EnvironmentsDoNotMix()
    {
        float[] advantages = new float[6], returns = new float[6];
        GeneralizedAdvantage.Compute(
            [1, 9, 1, 9, 1, 9], [.5f, 8, .4f, 8, .3f, 8], new bool[6], new bool[6], new float[6], [.2f, 3], .9, .8,
            advantages, returns);
        Assert.Equal([1.942592, 1.5036, .88], new[] { 0, 2, 4 }.Select(i => (double)advantages[i]), Near);
    }

    [Fact]
    public void RefusesWrongLengthsAndFactors()
    {
        float[] three = new float[3];
        bool[] flags = new bool[3];
        Assert.Contains("values has 2 values where rewards has 3", Assert.Throws<ArgumentException>(() =>
            GeneralizedAdvantage.Compute(three, new float[2], flags, flags, three, [0], .9, .8, three, three)).Message);
        Assert.Contains("2 environments", Assert.Throws<ArgumentException>(() =>
            GeneralizedAdvantage.Compute(three, three, flags, flags, three, [0, 0], .9, .8, three, three)).Message);
        Assert.Contains("gamma has to be from 0 to 1; it is 1.1", Assert.Throws<ArgumentOutOfRangeException>(() =>
            GeneralizedAdvantage.Compute(three, three, flags, flags, three, [0], 1.1, .8, three, three)).Message);
    }

    private static (float[] Advantages, float[] Returns) Compute(
        bool[] terminated, bool[] truncated, float[] finals, float last)
    {
        float[] advantages = new float[3], returns = new float[3];
        GeneralizedAdvantage.Compute(
            Rewards, Values, terminated, truncated, finals, [last], .9, .8, advantages, returns);
        return (advantages, returns);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-6; // float32 results
}
