using FinML.Statistics;

namespace FinML.Statistics.Tests.Sharpe;

public sealed class BestOfTrialsTests
{
    /// <summary>Of {1, 2, 3} two are drawn: 3 is the best of two of the three pairs.</summary>
    [Fact]
    public void ByHand()
    {
        double[] curve = BestOfTrials.Curve([3, 1, 2]);
        Assert.Equal([2, 8.0 / 3, 3], curve, (a, b) => Math.Abs(a - b) < 1e-15);
    }

    /// <summary>All subsets of eight values, counted one by one.</summary>
    [Fact]
    public void IsTheMeanOverAllSubsets()
    {
        double[] values = [0.3, -1.2, 0.8, 0.8, 2.5, -0.1, 0, 1.1];
        double[] sums = new double[9], counts = new double[9];
        for (int mask = 1; mask < 256; mask++)
        {
            double[] drawn = [.. values.Where((_, i) => (mask >> i & 1) != 0)];
            sums[drawn.Length] += drawn.Max();
            counts[drawn.Length]++;
        }

        for (int n = 1; n <= 8; n++)
        {
            Assert.Equal(sums[n] / counts[n], BestOfTrials.Expected(values, n), 1e-12);
            Assert.Equal(sums[n] / counts[n], BestOfTrials.Curve(values)[n - 1], 1e-12);
        }
    }

    /// <summary>Normal quantiles at (i - 1/2) / N stand for N normal draws: their curve is the theorem's.</summary>
    [Fact]
    public void OfNormalTrialsIsTheExpectationUnderTheNull()
    {
        double[] trials = [.. Enumerable.Range(0, 100_000).Select(i => StandardNormal.Quantile((i + 0.5) / 100_000))];
        foreach (int n in new[] { 10, 100, 1_000 })
            Assert.Equal(DeflatedSharpeRatio.ExpectedMaximum(n), BestOfTrials.Expected(trials, n), 0.05);
    }

    [Theory]
    [InlineData(1.3)]
    [InlineData(10)]
    [InlineData(45)]
    [InlineData(1_000)]
    [InlineData(7_846)]
    [InlineData(1e9)]
    public void EquivalentTrialsAreTheInverse(double trials) => Assert.Equal(
        1, BestOfTrials.EquivalentTrials(DeflatedSharpeRatio.ExpectedMaximum(trials)) / trials, 1e-9);

    [Fact]
    public void NothingSelectedIsOneTrial()
    {
        Assert.Equal(1, BestOfTrials.EquivalentTrials(0));
        Assert.Equal(1, BestOfTrials.EquivalentTrials(-1));
    }

    [Fact]
    public void RefusesWhatItCannotAnswer()
    {
        Assert.Contains("count is 4; it must be from 1 to 3", Assert.Throws<ArgumentOutOfRangeException>(
            () => BestOfTrials.Expected([1, 2, 3], 4)).Message);
        Assert.Contains("expectedMaximum is NaN", Assert.Throws<ArgumentOutOfRangeException>(
            () => BestOfTrials.EquivalentTrials(double.NaN)).Message);
        Assert.ThrowsAny<ArgumentException>(() => BestOfTrials.Curve([1, double.NaN]));
        Assert.ThrowsAny<ArgumentException>(() => BestOfTrials.Curve([]));
    }
}
