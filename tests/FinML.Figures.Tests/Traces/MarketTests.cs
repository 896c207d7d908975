using FinML.Figures.Traces;

namespace FinML.Figures.Tests.Traces;

public class MarketTests
{
    [Fact]
    public void Depth_adds_up_from_the_best_price()
    {
        Panel row = Figure.Create().Depth([98, 99], [40, 20], [102, 101], [30, 5]).Panels[0];
        var bids = (LineTrace)row.Traces[0];
        var asks = (LineTrace)row.Traces[1];
        Assert.Equal(97.92, bids.X.Values[0], 12);
        Assert.Equal([98, 99], bids.X.Values[1..]);
        Assert.Equal([60, 20, 0], bids.Y);
        Assert.Equal([101, 101, 102], asks.X.Values[..3]);
        Assert.Equal([0, 5, 35, 35], asks.Y);
        Assert.Contains(">mid 100, spread 2</text>", Figure.Create().Depth([99], [1], [101], [1]).ToSvg());
    }

    [Theory]
    [InlineData(false, true, "1,1 2,1 2,3 3,3 3,4")]
    [InlineData(true, true, "3,4 3,3.5 4,3.5")]
    [InlineData(true, false, "1,1 1,2 2.5,2 2.5,3.5 4,3.5")]
    [InlineData(false, false, "1,1")]
    public void Front_is_what_no_point_beats(bool higherX, bool higherY, string corners)
    {
        Figure figure = Figure.Create().ParetoFront([1, 2, 3, 2.5, 4], [1, 3, 4, 2, 3.5], null, higherX, higherY);
        var line = (LineTrace)figure.Panels[0].Traces[0];
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        Assert.Equal(corners, string.Join(' ', line.X.Values.Zip(line.Y,
            (x, y) => string.Create(invariant, $"{x},{y}"))));
    }

    [Fact]
    public void Equal_points_are_both_on_the_front_and_ties_are_beaten()
    {
        Panel row = Figure.Create().ParetoFront([1, 1, 2], [1, 1, 1]).Panels[0];
        Assert.Equal(2, row.Traces[1].X.Count);
        Assert.Equal([2], row.Traces[2].X.Values);
    }

    [Fact]
    public void Tokens_that_occur_again_are_numbered()
    {
        var map = (HeatmapTrace)Samples.All()["attention"].Panels[0].Traces[0];
        Assert.Equal(["the", "bank", "the (2)"], map.YValues.Labels);
        Assert.False(map.Diverging);
    }

    public static TheoryData<string, Func<Figure>> Refused() => new()
    {
        { "The book is crossed: the best bid 101 is not below the best ask 100.",
            () => Figure.Create().Depth([101], [1], [100], [1]) },
        { "The book has 1 ask prices but 0 ask sizes.", () => Figure.Create().Depth([99], [1], [100], []) },
        { "A bid needs a finite price and a size above 0; got 0 at 99 (index 0).",
            () => Figure.Create().Depth([99], [0], [100], [1]) },
        { "y of the Pareto front 'Pareto front' must be finite; got NaN at index 1.",
            () => Figure.Create().ParetoFront([1, 2], [1, double.NaN]) },
        { "the Pareto front 'Pareto front' has 2 points but 1 labels.",
            () => Figure.Create().ParetoFront([1, 2], [1, 2], ["a"]) },
        { "The weights of query 0 ('a') of the attention map must sum to 1; got 0.5.",
            () => Figure.Create().Attention(["a"], ["b"], new double[,] { { 0.5 } }) },
        { "A weight of the attention map must be in [0, 1]; got -1 at (0, 0).",
            () => Figure.Create().Attention(["a"], ["b", "c"], new double[,] { { -1, 2 } }) },
        { "weights of the attention map is (1, 1) but there are 1 queries and 2 keys.",
            () => Figure.Create().Attention(["a"], ["b", "c"], new double[,] { { 1 } }) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Bad_input_is_refused_in_one_sentence(string sentence, Func<Figure> build) =>
        Assert.Equal(sentence, Assert.ThrowsAny<ArgumentException>(build).Message);
}
