namespace FinML.Data.Tests.Synthetic;

public sealed class RegimeSwitchingTests
{
    private static readonly RegimeSwitching s_model = new()
    {
        Means = [0.01, -0.02, 0],
        Deviations = [0.01, 0.05, 0.1],
        Transitions = [[0.9, 0.1, 0], [0.2, 0.7, 0.1], [0.05, 0.15, 0.8]],
    };

    [Fact]
    public void Transitions_and_each_regime_s_returns_are_those_of_the_options()
    {
        RegimePath path = s_model.Path(60_000, new RandomStream(21));
        for (int i = 0; i < 3; i++)
        {
            int[] rows = [.. Enumerable.Range(0, 59_999).Where(t => path.Regimes[t] == i)];
            double[] r = [.. rows.Select(t => path.Returns[t])];
            Estimate.MeanIs(s_model.Means[i], r, $"mean {i}");
            Estimate.MeanIs(Math.Pow(s_model.Deviations[i], 2), Array.ConvertAll(r,
                x => (x - s_model.Means[i]) * (x - s_model.Means[i])), $"variance {i}");
            for (int j = 0; j < 3; j++)
            {
                Estimate.ShareIs(s_model.Transitions[i][j], rows.Count(t => path.Regimes[t + 1] == j), rows.Length,
                    $"transition {i} to {j}");
            }
        }
    }

    /// <summary>Two states leave at p and q: the shares are q / (p + q) and p / (p + q).</summary>
    [Fact]
    public void The_first_regime_is_drawn_from_the_stationary_shares()
    {
        Assert.Equal([0.75, 0.25], new RegimeSwitching().Stationary().Select(p => Math.Round(p, 12)));
        double[] shares = s_model.Stationary();
        int[] first = [.. Enumerable.Range(0, 5_000).Select(
            i => s_model.Path(1, new RandomStream(22, (ulong)i)).Regimes[0])];
        for (int j = 0; j < 3; j++)
        {
            Assert.Equal(shares[j], Enumerable.Range(0, 3).Sum(i => shares[i] * s_model.Transitions[i][j]), 1e-12);
            Estimate.ShareIs(shares[j], first.Count(regime => regime == j), first.Length);
        }

        RegimeSwitching cycle = new() { Transitions = [[0, 1], [1, 0]] };
        Assert.Equal([0.5, 0.5], cycle.Stationary().Select(p => Math.Round(p, 12)));
    }

    [Fact]
    public void Options_outside_their_range_are_refused()
    {
        Assert.Contains("Row 1", Assert.Throws<ArgumentException>(() => (s_model with
        {
            Transitions = [[1, 0, 0], [0.5, 0.6, 0], [0, 0, 1]],
        }).Validate()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => (s_model with { Means = [1, 2] }).Validate());
        Assert.Throws<ArgumentException>(() => (s_model with { Transitions = [[1], [1], [1]] }).Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => (s_model with { Deviations = [1, -1, 1] }).Validate());
    }
}
