using FinML.Data.Features;

namespace FinML.Data.Tests.Features;

/// <summary>Fractional differences against the binomial series and whole differences.</summary>
public sealed class FractionalDifferenceTests
{
    [Fact]
    public void The_weights_are_the_binomial_series()
    {
        // (1 - L)^.4 = 1 - .4 L - .4 .6 / 2 L^2 - .4 .6 1.6 / 6 L^3 - ...
        IReadOnlyList<double> weights = new FractionalDifference(0.4, 1e-3).Weights;
        Assert.Equal(1, weights[0]);
        Assert.Equal(-0.4, weights[1], 1e-16);
        Assert.Equal(-0.12, weights[2], 1e-16);
        Assert.Equal(-0.064, weights[3], 1e-16);
        Assert.All(weights, w => Assert.True(Math.Abs(w) >= 1e-3));
        Assert.Equal(weights.Count - 1, new FractionalDifference(0.4, 1e-3).Lookback);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.4)]
    [InlineData(0.8)]
    public void The_weights_fall_as_the_power_of_theory(double d)
    {
        // w[k] ~ -d / Gamma(1 - d) k^-(1+d): successive weights have the ratio (k - 1 - d) / k.
        IReadOnlyList<double> weights = new FractionalDifference(d, 1e-5).Weights;
        int k = weights.Count - 1;
        Assert.Equal(Math.Pow((double)(k / 2) / k, 1 + d), weights[k] / weights[k / 2], 0.01);
    }

    [Fact]
    public void The_first_difference_is_the_return()
    {
        double[] close = [100, 110, 99, 99, 120];
        double[] values = Column(new FractionalDifference(1), close);
        Assert.True(double.IsNaN(values[0]));
        for (int t = 1; t < close.Length; t++)
        {
            Assert.Equal(Math.Log(close[t] / close[t - 1]), values[t], 1e-14);
        }
    }

    [Fact]
    public void Four_and_six_tenths_of_a_difference_make_a_whole_one()
    {
        // (1 - L)^.4 (1 - L)^.6 = 1 - L; what the cut-off weights lack is small on a series that begins at 0.
        Panel panel = TestPanels.RandomWalk(3000);
        double[] first = panel.Column("A", "close").ToArray();
        double[] level = [.. Enumerable.Repeat(1.0, 3000), .. first.Select(p => p / first[0])];
        double[] four = Column(new FractionalDifference(0.4, 1e-5), level);
        double[] ten = Column(new FractionalDifference(0.6, 1e-5), [.. four.Select(Math.Exp)]);
        for (int t = 4000; t < level.Length; t += 97)
        {
            Assert.Equal(Math.Log(level[t] / level[t - 1]), ten[t], 0.02);
        }
    }

    [Fact]
    public void An_order_or_a_threshold_outside_its_range_is_refused()
    {
        Assert.Contains("d must be", Assert.Throws<ArgumentOutOfRangeException>(
            () => new FractionalDifference(0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FractionalDifference(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FractionalDifference(0.4, 1));
        Assert.Contains("100000", Assert.Throws<ArgumentOutOfRangeException>(
            () => new FractionalDifference(0.1, 1e-9)).Message, StringComparison.Ordinal);
    }

    private static double[] Column(FractionalDifference feature, double[] close)
    {
        Panel panel = TestPanels.Closes([.. close.Select(p => double.IsNaN(p) ? 1 : p)]);
        double[] column = new double[close.Length];
        feature.Compute(panel, 0, column);
        return column;
    }
}
