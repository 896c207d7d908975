namespace FinML.Data.Tests.Panels;

public sealed class PanelTests
{
    private static readonly DateTime[] s_days = TestPanels.Days(4);

    private static Panel TwoByTwo() => Panel.Create(s_days, ["A", "B"], ["open", "close"],
        [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12], [13, 14, 15, double.NaN]]);

    [Fact]
    public void Values_are_where_they_were_put()
    {
        Panel panel = TwoByTwo();
        Assert.Equal(4, panel.Length);
        Assert.Equal(2, panel[1, 0, 0]);
        Assert.Equal(7, panel[2, 0, 1]);
        Assert.Equal(9, panel[0, 1, 0]);
        Assert.True(double.IsNaN(panel[3, 1, 1]));
        Assert.Equal([5, 6, 7, 8], panel.Column("A", "close").ToArray());
        Assert.Equal(panel.Times, panel.AvailableAt);
        Assert.All(panel.Times, t => Assert.Equal(DateTimeKind.Utc, t.Kind));
    }

    [Fact]
    public void A_panel_does_not_change_with_the_arrays_it_came_from()
    {
        double[] close = [1, 2, 3, 4];
        DateTime[] times = [.. s_days];
        Panel panel = Panel.OfAsset("A", times, ("close", close));
        close[0] = 99;
        times[0] = default;
        Assert.Equal(1, panel.Column("A", "close")[0]);
        Assert.Equal(s_days[0], panel.Times[0]);
        Assert.IsNotAssignableFrom<IList<DateTime>>(panel.Times);
    }

    [Fact]
    public void A_slice_is_a_view_on_its_rows_only()
    {
        Panel slice = TwoByTwo().Slice(1, 3).Slice(1, 1);
        Assert.Equal(1, slice.Length);
        Assert.Equal(s_days[2], Assert.Single(slice.Times));
        Assert.Equal([11.0], slice.Column("B", "open").ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => slice[1, 0, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => slice.Times[1]);
        Assert.Equal(0, slice.Slice(1, 0).Length);
        Panel whole = TwoByTwo();
        Assert.True(whole.Column("A", "open")[1..2] == whole.Slice(1, 1).Column("A", "open")); // the same memory
    }

    [Fact]
    public void With_column_replaces_or_adds_and_leaves_the_original()
    {
        Panel panel = TwoByTwo();
        Panel replaced = panel.WithColumn("B", "open", [0, 0, 0, 1]);
        Assert.Equal([0.0, 0, 0, 1], replaced.Column("B", "open").ToArray());
        Assert.Equal(9, panel[0, 1, 0]);
        Panel added = panel.Slice(1, 2).WithColumn("A", "signal", [7, 8]);
        Assert.Equal(["open", "close", "signal"], added.Fields);
        Assert.Equal([7.0, 8], added.Column("A", "signal").ToArray());
        Assert.True(double.IsNaN(added.Column("B", "signal")[0]));
        Assert.Equal([6.0, 7], added.Column("A", "close").ToArray());
        Assert.Equal(s_days[1], added.Times[0]);
    }

    [Fact]
    public void What_is_wrong_is_refused_with_its_place()
    {
        static void Refused(string say, Func<object> make) => Assert.Contains(say,
            Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);

        DateTime[] twice = [s_days[0], s_days[1], s_days[1], s_days[2]];
        Refused("Row 2", () => Panel.OfAsset("A", twice, ("close", new double[4])));
        Refused("3 values for 4 rows", () => Panel.OfAsset("A", s_days, ("close", new double[3])));
        Refused("row 1", () => Panel.OfAsset("A", s_days, ("close", [1, double.PositiveInfinity, 1, 1])));
        Refused("4 columns; there are 1", () => Panel.Create(s_days, ["A", "B"], ["x", "y"], [new double[4]]));
        Refused("twice", () => Panel.Create(s_days, ["A", "A"], ["x"], [new double[4], new double[4]]));
        Refused("empty", () => Panel.OfAsset("", s_days, ("close", new double[4])));
        Refused("there are 0", () => Panel.Create(s_days, [], ["x"], []));
        Refused("local", () =>
            Panel.OfAsset("A", [DateTime.SpecifyKind(s_days[0], DateTimeKind.Local)], ("close", [1])));
        Refused("available", () => Panel.Create(s_days, ["A"], ["x"], [new double[4]],
            [s_days[0], s_days[1], s_days[1], s_days[3]]));
        Refused("3 times of availability", () => Panel.Create(s_days, ["A"], ["x"], [new double[4]], s_days[..3]));
        Refused("'C'", () => TwoByTwo().AssetIndex("C"));
        Refused("open, close", () => TwoByTwo().FieldIndex("volume"));
        Refused("[0, 4]", () => TwoByTwo().Slice(5, 0));
        Refused("[0, 2]", () => TwoByTwo().Slice(2, 3));
        Refused("[0, 4)", () => TwoByTwo()[4, 0, 0]);
        Refused("[0, 2)", () => TwoByTwo()[0, 2, 0]);
        Refused("[0, 2)", () => TwoByTwo()[0, 0, -1]);
    }

    [Fact]
    public void An_empty_panel_has_no_rows() =>
        Assert.Equal(0, Panel.OfAsset("A", [], ("close", [])).Length);
}
