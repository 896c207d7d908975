namespace FinML.Data.Tests.Panels;

public sealed class PointInTimeViewTests
{
    private readonly Panel _panel = TestPanels.Closes(1, 2, 3, 4, 5);

    [Fact]
    public void It_sees_its_row_and_those_before()
    {
        PointInTimeView view = new(_panel, 2);
        Assert.Equal(3, view.Length);
        Assert.Equal(_panel.Times[2], view.Time);
        Assert.Equal(3, view.Value(0, "close"));
        Assert.Equal(1, view.Value(0, "close", 2));
        Assert.Equal([2.0, 3], view.Window(0, "close", 2).ToArray());
        Assert.Equal(_panel.Times[1], view.TimeAt(1));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void The_future_cannot_be_asked_for(int lag)
    {
        PointInTimeView view = new(_panel, 2);
        Assert.Contains("future", Assert.Throws<LookAheadException>(() => view.Value(0, "close", lag)).Message,
            StringComparison.Ordinal);
        Assert.Throws<LookAheadException>(() => view.TimeAt(lag));
    }

    [Fact]
    public void A_window_cannot_be_stretched_past_its_row()
    {
        // The span ends with the view: the memory after it is not in reach of safe code.
        Assert.Equal(3, new PointInTimeView(_panel, 2).Window(0, "close", 3)[^1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = new PointInTimeView(_panel, 2).Window(0, "close", 4); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = new PointInTimeView(_panel, 2).Window(0, "close", 0); });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PointInTimeView(_panel, 2).Value(0, "close", 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PointInTimeView(_panel, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PointInTimeView(_panel, -1));
    }

    [Fact]
    public void A_default_view_sees_nothing() =>
        Assert.Throws<InvalidOperationException>(() => default(PointInTimeView).Value(0, "close"));
}
