using FinML.Data;

namespace FinML.Agents.Tests.Normalization;

public sealed class NormalizationTests
{
    [Fact]
    public void BatchesGiveTheMomentsOfAllRows()
    {
        var random = new RandomStream(1);
        float[] rows = [.. Enumerable.Range(0, 300).Select(i => (float)(1_000 * (i % 3) + random.NextNormal()))];
        var moments = new RunningMoments(3);
        moments.Update(rows.AsSpan(0, 3));
        moments.Update(rows.AsSpan(3, 57));
        moments.Update(rows.AsSpan(60));
        for (int j = 0; j < 3; j++)
        {
            double[] column = [.. Enumerable.Range(0, 100).Select(i => (double)rows[3 * i + j])];
            double mean = column.Average();
            Assert.Equal(mean, moments.Mean[j], 1e-9 * 1_000);
            Assert.Equal(column.Average(x => (x - mean) * (x - mean)), moments.Variance[j], 1e-9);
        }

        Assert.Equal(100, moments.Count);
    }

    [Fact]
    public void ObservationsAreStandardizedClippedAndFrozen()
    {
        var normalizer = new ObservationNormalizer(1, clip: 3);
        normalizer.Update([1, 3, 5, 7]);
        float[] target = new float[3];
        normalizer.Apply([4, 4 + 2.236068f, 1_000], target);
        Assert.Equal(0, target[0], 6);
        Assert.Equal(1, target[1], 6);
        Assert.Equal(3, target[2]);
        Assert.Equal(4, normalizer.Moments.Count); // Apply learned nothing
    }

    [Fact]
    public void RewardsAreScaledByTheDeviationOfTheDiscountedReturn()
    {
        var scaler = new RewardScaler(2, gamma: 0.5, clip: 10);
        float[] scaled = new float[2];
        scaler.Apply([1, 3], [false, false], [false, false], scaled);
        Assert.Equal(1, scaler.Scale, 6); // returns 1, 3: mean 2, variance 1
        Assert.Equal([1, 3], scaled, (a, b) => Math.Abs(a - b) < 1e-5);

        scaler.Apply([1, 3], [true, false], [false, false], scaled);
        double[] returns = [1, 3, 1.5, 4.5];
        double deviation = Math.Sqrt(returns.Average(r => r * r) - returns.Average() * returns.Average());
        Assert.Equal(deviation, scaler.Scale, 6);

        // The first episode ended: its return starts anew.
        scaler.Apply([1, 3], [false, false], [false, false], scaled);
        returns = [1, 3, 1.5, 4.5, 1, 5.25];
        deviation = Math.Sqrt(returns.Average(r => r * r) - returns.Average() * returns.Average());
        Assert.Equal(deviation, scaler.Scale, 6);
    }

    [Fact]
    public void StatesRoundTripAndRefuseAnotherShape()
    {
        var scaler = new RewardScaler(2, 0.9);
        float[] scaled = new float[2], other = new float[2];
        scaler.Apply([1, 3], [false, false], [false, false], scaled);
        var copy = new RewardScaler(2, 0.9);
        copy.LoadState(scaler.SaveState());
        scaler.Apply([2, 5], [false, false], [false, false], scaled);
        copy.Apply([2, 5], [false, false], [false, false], other);
        Assert.Equal(scaled, other);
        Assert.Throws<ArgumentException>(() => new RewardScaler(3, 0.9).LoadState(scaler.SaveState()));
        Assert.Throws<ArgumentException>(() => new RunningMoments(3).LoadState(new RunningMoments(2).SaveState()));
    }

    [Fact]
    public void RefusesBadInput()
    {
        Assert.Throws<ArgumentException>(() => new RunningMoments(3).Update([1, 2]));
        Assert.Throws<ArgumentException>(() => new ObservationNormalizer(3).Apply([1, 2], new float[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ObservationNormalizer(3, clip: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RewardScaler(1, gamma: 1.2));
    }
}
