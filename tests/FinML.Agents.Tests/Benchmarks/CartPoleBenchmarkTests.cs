namespace FinML.Agents.Tests.Benchmarks;

public sealed class CartPoleBenchmarkTests
{
    /// <summary>One seed of the check in `finml verify`, which demands 475 of at least 4 seeds of 5.</summary>
    [Fact]
    public void PpoSolvesCartPole()
    {
        EvaluationScore score = CartPoleBenchmark.Run(seed: 1);
        Assert.Equal(100, score.Returns.Count);
        Assert.InRange(score.Mean, CartPoleBenchmark.Solved, 500);
    }
}
