namespace FinML.Data.Tests.Panels;

public sealed class SummaryTests
{
    [Fact]
    public void A_summary_leaves_out_what_is_missing()
    {
        ColumnSummary s = Assert.Single(ColumnSummary.Of(TestPanels.Closes(double.NaN, 4, 4, double.NaN, 1, 3)));
        Assert.Equal(new ColumnSummary("A", "close", 4, 2, 4, 3, 1, 4, 3, 1), s);
        Assert.True(double.IsNaN(Assert.Single(ColumnSummary.Of(TestPanels.Closes(double.NaN))).Mean));
    }

    [Fact]
    public void Gaps_are_longer_than_five_times_the_usual_spacing()
    {
        DateTime start = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        DateTime[] times = [.. new[] { 0, 1, 2, 7, 8, 14, 15, 30, 31 }.Select(d => start.AddDays(d))];
        Assert.Equal(TimeSpan.FromDays(1), TimeGaps.MedianSpacing(times));
        Assert.Equal([7, 5], TimeGaps.RowsAfter(times));
        Assert.Empty(TimeGaps.RowsAfter(times[..1]));
        Assert.Equal(TimeSpan.Zero, TimeGaps.MedianSpacing([]));
    }
}
