namespace FinML.Statistics.Tests;

public sealed class ConformalIntervalTests
{
    [Theory]
    [InlineData(19, 0.9, 18)] // (19 + 1) 0.9 = 18, though 20 * 0.9 rounds to a little more in other orders
    [InlineData(20, 0.9, 19)]
    [InlineData(9, 0.9, 9)]
    [InlineData(99, 0.95, 95)]
    [InlineData(199, 0.95, 190)]
    public void The_margin_is_the_kth_smallest_score(int count, double level, int k)
    {
        double[] forecasts = new double[count], outcomes = [.. Enumerable.Range(1, count).Select(i => i % 2 == 0 ? i
            : -(double)i)];

        ConformalInterval interval = ConformalInterval.Symmetric(forecasts, outcomes, level);

        Assert.Equal(k, interval.UpperMargin);
        Assert.Equal((5.0 - k, 5.0 + k), interval.Around(5));
    }

    /// <summary>MAPIE clips the level to 1 where it is above n / (n + 1), and gives the largest score: an interval that
    /// holds n times in n + 1 is sold as one that holds more often.</summary>
    [Theory]
    [InlineData(8, 0.9, false)]
    [InlineData(18, 0.9, true)] // each side at .95: 19 are needed
    public void A_calibration_too_short_has_an_infinite_margin_and_not_its_largest_score(int count, double level,
        bool twoSided)
    {
        double[] forecasts = new double[count], outcomes = Fixture.Normals(count, 1);

        ConformalInterval interval = twoSided
            ? ConformalInterval.TwoSided(forecasts, outcomes, level)
            : ConformalInterval.Symmetric(forecasts, outcomes, level);

        Assert.Equal(double.PositiveInfinity, interval.UpperMargin);
        Assert.False(interval.IsFinite);
        Assert.Equal(count + 1, ConformalInterval.LeastCount(level, twoSided));
        double[] more = new double[count + 1];
        Assert.True((twoSided
            ? ConformalInterval.TwoSided(more, Fixture.Normals(count + 1, 1), level)
            : ConformalInterval.Symmetric(more, Fixture.Normals(count + 1, 1), level)).IsFinite);
    }

    /// <summary>Between the level and 1 / (n + 1) more, by counting: the rank of a new score is uniform.</summary>
    [Fact]
    public void Coverage_is_that_of_the_ranks()
    {
        const int Samples = 4000, Count = 25;
        int covered = 0, quantiles = 0;
        for (int s = 0; s < Samples; s++)
        {
            double[] z = Fixture.Normals(Count + 1, (ulong)s);
            double[] zeros = new double[Count], ones = [.. zeros.Select(_ => 1.0)], minus = [.. zeros.Select(_ =>
                -1.0)];
            (double lower, double upper) = ConformalInterval.TwoSided(zeros, z.AsSpan(0, Count), 0.8).Around(0);
            covered += z[Count] >= lower && z[Count] <= upper ? 1 : 0;
            (lower, upper) = ConformalInterval.OfQuantiles(minus, ones, z.AsSpan(0, Count), 0.8).Around(-1, 1);
            quantiles += z[Count] >= lower && z[Count] <= upper ? 1 : 0;
        }

        // Two sides at k = ceil(26 * .9) = 24 of 26: 1 - 2 (2 / 26); one margin at k = 21: 21 / 26.
        Assert.Equal(1 - 4 / 26.0, covered / (double)Samples, 0.02);
        Assert.Equal(21 / 26.0, quantiles / (double)Samples, 0.02);
    }

    [Fact]
    public void Skewed_errors_have_two_margins_and_quantiles_that_are_too_wide_are_drawn_in()
    {
        double[] outcomes = [.. Fixture.Normals(500, 3).Select(z => Math.Exp(z))], zeros = new double[500];

        ConformalInterval sides = ConformalInterval.TwoSided(zeros, outcomes);
        ConformalInterval quantiles = ConformalInterval.OfQuantiles(
            [.. zeros.Select(_ => -50.0)], [.. zeros.Select(_ => 50.0)], outcomes);

        Assert.True(sides.UpperMargin > 5 && sides.LowerMargin < 0);
        Assert.True(quantiles.UpperMargin < -40);
    }

    [Fact]
    public void Bad_input_is_refused_in_a_sentence()
    {
        Fixture.Says<ArgumentException>(() => ConformalInterval.Symmetric([1], [1, 2]), "1 values", "2");
        Fixture.Says<ArgumentException>(() => ConformalInterval.Symmetric([], []), "forecasts has 0 values");
        Fixture.Says<ArgumentException>(() => ConformalInterval.Symmetric([1], [2], 1), "level is 1");
        Fixture.Says<ArgumentException>(() => ConformalInterval.Symmetric([1], [double.NaN]), "NaN", "index 0");
        Fixture.Says<ArgumentException>(
            () => ConformalInterval.OfQuantiles([2], [1], [1]), "lower quantile 2 is above the upper 1 at index 0");
    }
}
