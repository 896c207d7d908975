using FinML.Data.Features;

namespace FinML.Data.Tests.Features;

/// <summary>Windows against plain loops over their rows.</summary>
public sealed class SlidingWindowTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public void It_is_the_loop_over_the_last_rows(int length)
    {
        double[] x = Series(500);
        SlidingWindow<Sum> sums = new(length, 0);
        SlidingWindow<Maximum> maxima = new(length, 0);
        SlidingWindow<RollingMoments> moments = new(length, 0);
        SlidingWindow<JointMoments> joint = new(length, 0);
        SlidingWindow<DecayingSum> decaying = new(length, 0);
        for (int t = 0; t < x.Length; t++)
        {
            double sum = sums.Push(new Sum(x[t])).Value, maximum = maxima.Push(new Maximum(x[t])).Value;
            RollingMoments moment = moments.Push(RollingMoments.Of(x[t]));
            JointMoments pair = joint.Push(JointMoments.Of(x[t], -2 * x[t]));
            double decayed = decaying.Push(new DecayingSum(x[t], 0.9)).Value;
            if (t < length - 1)
            {
                Assert.True(double.IsNaN(sum + maximum) && double.IsNaN(moment.Squares) && double.IsNaN(decayed));
                continue;
            }

            double[] window = x[(t + 1 - length)..(t + 1)];
            double mean = window.Average(), squares = window.Sum(v => (v - mean) * (v - mean));
            Assert.Equal(window.Sum(), sum, 1e-12);
            Assert.Equal(window.Max(), maximum);
            Assert.Equal(length, moment.Count);
            Assert.Equal(mean, moment.Mean, 1e-13);
            Assert.Equal(squares, moment.Squares, 1e-12);
            Assert.Equal(-2 * squares, pair.Products, 1e-12);
            Assert.Equal(window.Select((v, i) => v * Math.Pow(0.9, length - 1 - i)).Sum(), decayed, 1e-13);
        }
    }

    [Fact]
    public void Windows_that_began_at_different_rows_agree_to_the_bit()
    {
        double[] x = Series(300);
        SlidingWindow<RollingMoments> whole = new(20, 0);
        RollingMoments[] expected = [.. x.Select(v => whole.Push(RollingMoments.Of(v)))];
        for (int start = 0; start < 60; start++)
        {
            SlidingWindow<RollingMoments> late = new(20, start);
            for (int t = start; t < start + 40; t++)
            {
                RollingMoments got = late.Push(RollingMoments.Of(x[t]));
                Assert.Equal(t < start + 19, double.IsNaN(got.Mean));
                Assert.True(t < start + 19 || got == expected[t]);
            }
        }
    }

    [Fact]
    public void Nothing_drifts_and_what_has_left_leaves_no_trace()
    {
        // After a million rows and one of 1e200, a window of a constant has its mean and no variance, to the bit.
        SlidingWindow<RollingMoments> window = new(50, 0);
        RandomStream random = new(4);
        for (int t = 0; t < 1_000_000; t++)
        {
            window.Push(RollingMoments.Of(t == 999_000 ? 1e200 : 1e6 * random.NextNormal()));
        }

        RollingMoments last = default;
        for (int t = 0; t < 50; t++)
        {
            last = window.Push(RollingMoments.Of(0.1));
        }

        Assert.Equal(0.1, last.Mean);
        Assert.Equal(0, last.Squares);
    }

    [Fact]
    public void Averages_are_their_recursions_from_the_start_of_the_history()
    {
        double[] x = Series(400);
        ExponentialAverage exponential = new(0.1, 60, 0);
        WilderAverage wilder = new(14, 60, 0), shortest = new(14, 14, 0);
        for (int t = 0; t < x.Length; t++)
        {
            double e = exponential.Push(x[t]), w = wilder.Push(x[t]), s = shortest.Push(x[t]);
            Assert.Equal(t < 60, double.IsNaN(e));
            Assert.Equal(t < 59, double.IsNaN(w));
            if (t < 60)
            {
                continue;
            }

            double expected = x[t - 60];
            for (int i = t - 59; i <= t; i++)
            {
                expected += 0.1 * (x[i] - expected);
            }

            Assert.Equal(expected, e, 1e-14);
            double average = x[(t - 59)..(t - 45)].Average();
            for (int i = t - 45; i <= t; i++)
            {
                average += (x[i] - average) / 14;
            }

            Assert.Equal(average, w, 1e-14);
            Assert.Equal(x[(t - 13)..(t + 1)].Average(), s, 1e-14);
        }
    }

    private static double[] Series(int length)
    {
        RandomStream random = new(9);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextNormal())];
    }
}
