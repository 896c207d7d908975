namespace FinML.Statistics.Tests;

public sealed class NestedSamplingTests
{
    private static readonly NestedSamplingOptions Options = new() { Seed = 3 };

    /// <summary>A normal well inside a box of half width 5: log Z = -d log 10, and the weighted draws have its
    /// moments.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_normal_in_a_box(int dimension)
    {
        NestedSampling run = NestedSampling.Run(dimension, Box(5), Normal, Options);

        double expected = -dimension * Math.Log(10);
        Assert.InRange(run.LogEvidence, expected - 4 * run.StandardError, expected + 4 * run.StandardError);
        Assert.InRange(run.StandardError, 0.02, 0.2);
        // KL divergence of N(0, I) from the box: d (log 10 - (1 + log 2 pi) / 2).
        Assert.Equal(dimension * (Math.Log(10) - (1 + Math.Log(2 * Math.PI)) / 2), run.Information, 0.35);
        Assert.Equal(1, run.Weights.Sum(), 1e-9);
        double variance = run.Samples.Zip(run.Weights, (x, w) => w * x[0] * x[0]).Sum();
        Assert.InRange(variance, 0.85, 1.15);
        Assert.True(run.InsertionPValue > 0.001);
    }

    [Fact]
    public void The_error_is_about_the_spread_of_seeds()
    {
        NestedSampling[] runs = [.. Enumerable.Range(0, 30).Select(seed => NestedSampling.Run(
            2, Box(5), Normal, new NestedSamplingOptions { LivePoints = 100, Seed = (ulong)seed }))];

        double spread = Moments.Of([.. runs.Select(r => r.LogEvidence)]).StandardDeviation();

        Assert.InRange(spread / runs.Average(r => r.StandardError), 0.6, 1.5);
        Assert.InRange(runs.Average(r => r.LogEvidence), -2 * Math.Log(10) - 0.12, -2 * Math.Log(10) + 0.12);
    }

    [Fact]
    public void A_constant_likelihood_has_that_evidence()
    {
        NestedSampling run = NestedSampling.Run(3, Box(1), _ => -2.5, Options);

        Assert.Equal(-2.5, run.LogEvidence, 1e-9);
    }

    [Fact]
    public void A_walk_that_does_not_move_far_enough_is_found_out()
    {
        // One slice a point in thirty dimensions: new points stay beside old ones.
        NestedSampling run = NestedSampling.Run(30, Box(5), Normal, Options with { Slices = 1 });

        Assert.True(run.InsertionPValue < 0.01, $"p {run.InsertionPValue}");
    }

    [Fact]
    public void Same_seed_same_bits()
    {
        NestedSampling first = NestedSampling.Run(2, Box(5), Normal, Options), again = NestedSampling.Run(
            2, Box(5), Normal, Options);

        Assert.Equal(first.LogEvidence, again.LogEvidence);
        Assert.Equal(first.Weights, again.Weights);
    }

    [Fact]
    public void Bad_input_is_refused_in_a_sentence()
    {
        Fixture.Says<ArgumentException>(() => NestedSampling.Run(0, Box(1), Normal), "dimension is 0");
        Fixture.Says<ArgumentException>(
            () => NestedSampling.Run(20, Box(1), Normal, Options with { LivePoints = 40 }), "40 live points", "20");
        Fixture.Says<ArgumentException>(() => new NestedSamplingOptions { LivePoints = 3 }.Validate(),
            "LivePoints is 3");
        Fixture.Says<InvalidOperationException>(
            () => NestedSampling.Run(1, Box(1), _ => double.NaN), "log likelihood is NaN");
        Fixture.Says<InvalidOperationException>(
            () => NestedSampling.Run(1, Box(1), _ => double.NegativeInfinity), "likelihood is 0 at all 500");
        Fixture.Says<InvalidOperationException>(
            () => NestedSampling.Run(2, Box(5), Normal, Options with { MaximumEvaluations = 5000 }), "5000 times");
    }

    private static PriorTransform Box(double halfWidth) => (cube, x) =>
    {
        for (int i = 0; i < x.Length; i++)
            x[i] = halfWidth * (2 * cube[i] - 1);
    };

    private static double Normal(ReadOnlySpan<double> x)
    {
        double log = 0;
        foreach (double v in x)
            log -= v * v / 2 + Math.Log(2 * Math.PI) / 2;
        return log;
    }
}
