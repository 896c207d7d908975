using FinML.Data;
using FinML.Statistics;

namespace FinML.Evaluation.Tests.Protocol;

public sealed class SeedAveragedMeanTests
{
    private static readonly BootstrapOptions Options = new() { Replicates = 399, Seed = 1 };

    [Fact]
    public void Both_sources_of_error_are_in_it()
    {
        double[][] gains = Draw(new RandomStream(3), seeds: 4, days: 400, seedDeviation: .5);
        SeedAveragedMean mean = SeedAveragedMean.Of(gains, Options);
        double[] bySeed = [.. gains.Select(own => own.Average())];
        Assert.Equal(bySeed.Average(), mean.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(Moments.Of(bySeed).Variance() / 4), mean.SeedError, 1e-12);
        Assert.Equal(Math.Sqrt(mean.TimeError * mean.TimeError + mean.SeedError * mean.SeedError),
            mean.StandardError, 1e-12);
        double expected = Math.Pow(mean.StandardError, 4) / (Math.Pow(mean.SeedError, 4) / 3);
        Assert.Equal(expected, mean.DegreesOfFreedom, 1e-9);
        Assert.Equal(mean.Mean, (mean.Lower + mean.Upper) / 2, 1e-12);
    }

    [Fact]
    public void Seeds_that_do_not_matter_leave_the_error_of_time()
    {
        double[] own = Draw(new RandomStream(4), 1, 400, 0)[0];
        SeedAveragedMean mean = SeedAveragedMean.Of([own, own, own], Options);
        Assert.Equal((0, double.PositiveInfinity), (mean.SeedError, mean.DegreesOfFreedom));
        Assert.Equal(.05, mean.TimeError, .01); // 1 / sqrt(400)
    }

    [Fact]
    public void The_interval_holds_the_truth_where_few_seeds_matter_much()
    {
        // Three seeds whose means differ by .3, 100 days of deviation 1: an interval that takes the seeds as given
        // (t = 1.96, error of time alone) holds 0 in 70 % of draws.
        int held = 0, naive = 0;
        const int Draws = 300;
        for (int i = 0; i < Draws; i++)
        {
            SeedAveragedMean mean = SeedAveragedMean.Of(
                Draw(new RandomStream(5, (ulong)i), 3, 100, .3), new BootstrapOptions { Replicates = 99 });
            held += mean.Lower <= 0 && mean.Upper >= 0 ? 1 : 0;
            naive += Math.Abs(mean.Mean) <= 1.96 * mean.TimeError ? 1 : 0;
        }

        Assert.InRange(held / (double)Draws, .9, .985);
        Assert.True(naive / (double)Draws < .82, $"{naive}");
    }

    [Fact]
    public void What_does_not_vary_is_certain()
    {
        SeedAveragedMean nothing = SeedAveragedMean.Of([new double[20], new double[20]], Options);
        Assert.Equal((0.0, 0.0, 1.0), (nothing.Mean, nothing.StandardError, nothing.PValue));
    }

    [Fact]
    public void Bad_input_is_refused_in_a_sentence()
    {
        Refused([new double[20]], "1 seed; at least 2");
        Refused([new double[20], new double[21]], "20, 21 periods");
        Refused([new double[5], new double[5]], "16 or more");
        Assert.Throws<ArgumentOutOfRangeException>(
            () => SeedAveragedMean.Of([new double[20], new double[20]], Options, 21));
    }

    private static void Refused(double[][] gains, string says) => Assert.Contains(
        says, Assert.ThrowsAny<ArgumentException>(() => SeedAveragedMean.Of(gains, Options)).Message,
        StringComparison.Ordinal);

    /// <summary>The same days for all seeds, a mean for each of them, and a little noise of its own.</summary>
    private static double[][] Draw(RandomStream random, int seeds, int days, double seedDeviation)
    {
        double[] common = [.. Enumerable.Range(0, days).Select(_ => random.NextNormal())];
        return [.. Enumerable.Range(0, seeds).Select(_ =>
        {
            double mean = seedDeviation * random.NextNormal();
            return common.Select(x => mean + x + .1 * random.NextNormal()).ToArray();
        })];
    }
}
