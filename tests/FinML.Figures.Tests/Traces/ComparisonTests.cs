using System.Text.Json;
using System.Text.RegularExpressions;
using FinML.Figures.Traces;

namespace FinML.Figures.Tests.Traces;

public class ComparisonTests
{
    /// <summary>Demšar 2006, section 3.2.2 and figure 1: four methods, 14 data sets, CD 1.25 at 5% and 1.12 at
    /// 10%.</summary>
    [Theory]
    [InlineData(0.05, 1.25)]
    [InlineData(0.10, 1.12)]
    public void Critical_difference_is_Demsar_s(double level, double expected)
    {
        var scores = new double[14, 4];
        for (int i = 0; i < 14; i++)
        {
            for (int m = 0; m < 4; m++)
                scores[i, m] = m;
        }

        var trace = (CriticalDifferenceTrace)Figure.Create()
            .CriticalDifference(["a", "b", "c", "d"], scores, level: level).Panels[0].Traces[0];
        Assert.Equal(expected, trace.Difference, 2);
        Assert.Equal(["d", "c", "b", "a"], trace.Labels.Labels[..4]);
    }

    [Fact]
    public void Groups_are_Demsar_s_at_five_and_ten_percent()
    {
        double[] ranks = [1.964, 2, 2.893, 3.143]; // C4.5+m+cf, C4.5+m, C4.5+cf, C4.5
        Assert.Equal([(0, 3)], CriticalDifferenceTrace.GroupsOf(ranks, 1.25).ToArray());
        Assert.Equal([(0, 2), (2, 3)], CriticalDifferenceTrace.GroupsOf(ranks, 1.12).ToArray());
        Assert.Empty(CriticalDifferenceTrace.GroupsOf(ranks, 0.01));
    }

    [Fact]
    public void Ties_share_their_ranks_and_the_lowest_may_be_best()
    {
        Figure figure = Figure.Create().CriticalDifference(
            ["a", "b", "c"], new double[,] { { 1, 1, 2 }, { 1, 2, 2 } }, higherIsBetter: false);
        Assert.Contains("average ranks a 1.25, b 2.00, c 2.75; critical difference 2.34; not different: a, b, c",
            figure.ToText());
    }

    [Fact]
    public void Profile_falls_at_each_score_inside_its_band()
    {
        Panel row = Figure.Create().PerformanceProfile([3, 1, 1, 2], "a").Panels[0];
        var band = (BandTrace)row.Traces[0];
        var line = (LineTrace)row.Traces[1];
        Assert.Equal([0.9, 1, 2, 3, 3.1], line.X.Values);
        Assert.Equal([1, 0.5, 0.25, 0, 0], line.Y);
        double half = Math.Sqrt(Math.Log(40) / 8); // 0.679
        Assert.Equal(0.5 + half - 0.5, band.Upper[3], 12);
        Assert.Equal((1, 0), (band.Upper[0], band.Lower[3]));
    }

    [Fact]
    public void Waterfall_bars_run_from_sum_to_sum_and_carry_their_numbers()
    {
        var trace = (WaterfallTrace)Samples.All()["waterfall"].Panels[0].Traces[0];
        Assert.Equal([0, 5.25, 6.75, 0], trace.From);
        Assert.Equal([5.25, 6.75, 3.5, 3.5], trace.To);
        string svg = Samples.All()["waterfall"].ToSvg();
        foreach (string text in (string[])["+5.25", "+1.50", "\u22123.25", "3.50"])
            Assert.Contains($">{text}</text>", svg);
        JsonElement data = JsonDocument.Parse(Samples.All()["waterfall"].ToPlotlyJson()).RootElement
            .GetProperty("data")[0];
        Assert.Equal("[\"relative\",\"relative\",\"relative\",\"total\"]",
            data.GetProperty("measure").GetRawText());
    }

    [Fact]
    public void Candles_merge_where_they_would_touch()
    {
        int few = Bodies(Samples.Candles(60)), many = Bodies(Samples.Candles(400));
        Assert.Equal(60, few);
        Assert.InRange(many, 100, 200);

        static int Bodies(Figure figure) => Regex.Count(figure.ToSvg(Theme.Light),
            "fill=\"#[0-9a-f]{6}\"( fill-opacity=\"0.08\")?/>\\n<path d=\"[^\"]*\" fill=\"none\"");
    }

    public static TheoryData<string, Func<Figure>> Refused() => new()
    {
        { "Open and close of the candles must lie between low and high; got open 1, high 2, low 1.5, close 2 at index "
            + "0 (2019-01-01).", () => Figure.Create().Candlestick(Samples.Days[..1], [1], [2], [1.5], [2]) },
        { "the candles have no period with all four prices.", () => Figure.Create().Candlestick(Samples.Days[..2],
            [1, double.NaN], [double.NaN, 2], [1, 1], [1, 1]) },
        { "the waterfall has 1 labels but 2 changes.", () => Figure.Create().Waterfall(["a"], [1, 2]) },
        { "The label 'total' of the waterfall occurs twice.", () => Figure.Create().Waterfall(["total"], [1]) },
        { "A change of the waterfall must be finite; got NaN at index 0.",
            () => Figure.Create().Waterfall(["a"], [double.NaN]) },
        { "the performance profile 'a' has 1 scores that are not finite among 2; a run that failed counts with the "
            + "lowest score.", () => Figure.Create().PerformanceProfile([1, double.NaN], "a") },
        { "scores of the critical-difference diagram has 1 columns but there are 2 methods.",
            () => Figure.Create().CriticalDifference(["a", "b"], new double[2, 1]) },
        { "the critical-difference diagram needs 2 to 20 methods and at least 2 data sets; got 2 and 1.",
            () => Figure.Create().CriticalDifference(["a", "b"], new double[1, 2]) },
        { "A score of the critical-difference diagram must be finite; got NaN at (0, 1).", () => Figure.Create()
            .CriticalDifference(["a", "b"], new double[,] { { 1, double.NaN }, { 1, 2 } }) },
        { "The level of the critical-difference diagram must be 0.05 or 0.1; got 0.01. (Parameter 'level')",
            () => Figure.Create().CriticalDifference(["a", "b"], new double[2, 2], level: 0.01) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Bad_input_is_refused_in_one_sentence(string sentence, Func<Figure> build) =>
        Assert.Equal(sentence, Assert.ThrowsAny<ArgumentException>(build).Message);
}
