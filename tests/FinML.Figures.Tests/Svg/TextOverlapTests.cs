using FinML.Figures.Svg;
using FsCheck;
using FsCheck.Fluent;

namespace FinML.Figures.Tests.Svg;

public class TextOverlapTests
{
    [Fact]
    public void No_two_texts_of_any_figure_touch_and_none_leaves_the_page() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            string? fault = Fault(RandomFigures.Create(seed));
            return (fault is null).Label($"seed {seed}: {fault}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20_260_101, 7));

    /// <summary>Two categories with long names on a narrow page: the left margin cannot take them whole.</summary>
    [Theory]
    [InlineData(240)]
    [InlineData(268)]
    [InlineData(400)]
    [InlineData(760)]
    public void Long_names_of_categories_are_cut_where_the_page_ends(int width)
    {
        string name = "a rather long name of a strategy with more options than a narrow page can show";
        Figure figure = Figure.Create().Bar([name + " (1)", name + " (2)", "short"], [1.0, 2, 3]).Size(width, 500);
        Assert.Null(Fault(figure));
        Assert.Contains("a rather long name", figure.ToSvg());
    }

    /// <summary>A legend at the right that is higher than the plots, over small print; found among 80,000 random
    /// figures.</summary>
    [Theory]
    [InlineData(2058438111)]
    [InlineData(663968081)]
    [InlineData(1934936475)]
    public void A_high_legend_at_the_right_ends_above_the_small_print(int seed) =>
        Assert.Null(Fault(RandomFigures.Create(seed)));

    [Fact]
    public void Samples_do_not_collide_either()
    {
        foreach (var (name, figure) in Samples.All())
            Assert.True(Fault(figure) is null, $"{name}: {Fault(figure)}");
    }

    [Fact]
    public void Boxes_that_cross_are_found_turned_or_not()
    {
        var box = new TextBox("a", 0, 0, 10, 10);
        Assert.True(box.Intersects(new TextBox("b", 5, 5, 10, 10)));
        Assert.False(box.Intersects(new TextBox("b", 11, 0, 10, 10)));
        // Its upright bounding box would cross; the turned rectangle does not.
        Assert.False(box.Intersects(new TextBox("b", 12, 12, 40, 4, -45, 12, 12)));
        Assert.True(box.Intersects(new TextBox("b", 0, 14, 40, 4, -45, 0, 14)));
    }

    [Fact]
    public void A_label_without_a_free_place_is_told_in_the_caption()
    {
        Figure figure = Figure.Create().Line([1.0, 2, 3]).Size(240, 150);
        for (int i = 0; i < 12; i++)
            figure = figure.Annotate(1.0, 2, $"remark number {i} on the middle");
        string svg = figure.ToSvg();
        for (int i = 0; i < 4; i++)
            Assert.Contains($"remark number {i} ", svg);
        Assert.Contains("At 1: remark number 11 on the middle.", svg);
        Assert.Null(Fault(figure));
    }

    internal static string? Fault(Figure figure)
    {
        var (svg, boxes) = SvgFigure.Render(figure, new SvgOptions());
        var root = System.Xml.Linq.XDocument.Parse(svg).Root!;
        double width = (double)root.Attribute("width")!, height = (double)root.Attribute("height")!;
        foreach (TextBox box in boxes)
        {
            if (box.Corners().Any(c => c.X < 0 || c.Y < 0 || c.X > width || c.Y > height))
                return $"'{box.Text}' leaves the page of {width} x {height}";
        }

        for (int i = 0; i < boxes.Count; i++)
        {
            for (int j = i + 1; j < boxes.Count; j++)
            {
                if (boxes[i].Intersects(boxes[j]))
                    return $"'{boxes[i].Text}' touches '{boxes[j].Text}'";
            }
        }

        return null;
    }
}
