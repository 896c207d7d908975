using FinML.Figures.Svg;

namespace FinML.Figures.Tests.Svg;

public class DecimationTests
{
    [Fact]
    public void First_last_lowest_and_highest_of_each_column_stay()
    {
        double[] y = Samples.Walk(20_000, 11);
        double[] x = [.. Enumerable.Range(0, y.Length).Select(i => i * 700.0 / y.Length)];
        List<int> kept = Decimation.Keep(x, y, 0, y.Length);
        Assert.True(kept.Count <= 4 * 700);
        Assert.Equal(kept.Order().Distinct(), kept);
        foreach (var column in Enumerable.Range(0, y.Length).GroupBy(i => Math.Floor(x[i])))
        {
            var there = kept.Where(i => Math.Floor(x[i]) == column.Key).ToArray();
            Assert.Equal(column.Min(i => y[i]), there.Min(i => y[i]));
            Assert.Equal(column.Max(i => y[i]), there.Max(i => y[i]));
            Assert.Equal((column.First(), column.Last()), (there[0], there[^1]));
        }
    }

    [Fact]
    public void Few_points_all_stay() =>
        Assert.Equal([0, 1, 2, 3], Decimation.Keep([0.1, 0.2, 0.3, 5], [1, 3, 2, 0], 0, 4));

    [Fact]
    public void A_part_of_the_series_is_thinned_alone() =>
        Assert.Equal([2, 3], Decimation.Keep([0.1, 0.2, 0.3, 5], [1, 3, 2, 0], 2, 4));

    [Fact]
    public void A_curve_that_turns_back_is_drawn_whole()
    {
        double[] angles = [.. Enumerable.Range(0, 4001).Select(i => i * 0.01)];
        string svg = Figure.Create().Line(angles.Select(Math.Cos), angles.Select(Math.Sin)).ToSvg();
        Assert.True(svg.Length > 15_000);
    }
}
