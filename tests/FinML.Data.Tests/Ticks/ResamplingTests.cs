namespace FinML.Data.Tests.Ticks;

public sealed class ResamplingTests
{
    [Fact]
    public void Bars_are_gathered_by_their_fields()
    {
        DateTime[] days =
            [.. Enumerable.Range(1, 4).Select(d => new DateTime(2020, 1, d + 1, 0, 0, 0, DateTimeKind.Utc))];
        Panel panel = Panel.Create([.. days, new DateTime(2020, 1, 6)], ["X"],
            ["open", "high", "low", "close", "volume"],
            [[double.NaN, 2, 3, 4, 5], [9, 8, double.NaN, 7, 5], [3, 2, 4, 4, 5], [1, 2, 3, double.NaN, 5],
                [1, 2, 3, 4, 5]],
            [.. days.Select(d => d.AddDays(1)), new DateTime(2020, 1, 7)]);
        Panel week = Resampling.Resample(panel, BarPeriod.Week);
        Assert.Equal([new DateTime(2019, 12, 30)], week.Times); // Monday
        Assert.Equal([new DateTime(2020, 1, 6)], week.AvailableAt);
        Assert.Equal([2.0, 9, 2, 3, 10], Enumerable.Range(0, 5).Select(f => week[0, 0, f]));
        Assert.Equal(2, Resampling.Resample(panel, BarPeriod.Week, keepUnfinished: true).Length);
    }

    [Fact]
    public void Months_of_the_shipped_index()
    {
        Panel daily = DataCatalog.Open().Load("sp500");
        Panel monthly = Resampling.Resample(daily, BarPeriod.Month);
        Assert.Equal(243, monthly.Length); // 2000-01 to 2020-03; April 2020 is not over
        Panel yearly = Resampling.Resample(daily, BarPeriod.Year), both = Resampling.Resample(monthly, BarPeriod.Year,
            keepUnfinished: true);
        for (int t = 0; t < yearly.Length; t++)
        {
            foreach (string field in daily.Fields)
            {
                Assert.Equal(yearly[t, 0, yearly.FieldIndex(field)], both[t, 0, both.FieldIndex(field)],
                    1e-12 * yearly[t, 0, yearly.FieldIndex(field)]);
            }
        }

        // The closes of December 2008 and 2019 as every chart has them.
        Assert.Equal(903.25, monthly.Column(monthly.Assets[0], "close")[107]);
        Assert.Equal(3230.78, monthly.Column(monthly.Assets[0], "close")[239], 0.005);
    }

    [Fact]
    public void Sessions_leave_out_what_is_outside_the_hours()
    {
        DateTime day = new(2024, 7, 3, 0, 0, 0, DateTimeKind.Utc); // a half day: 13:30 to 17:00 UTC
        DateTime[] hours = [.. Enumerable.Range(0, 48).Select(h => day.AddMinutes(30 + 60 * h))];
        Panel panel = Panel.OfAsset("X", hours, ("close", [.. Enumerable.Range(0, 48).Select(h => (double)h)]),
            ("volume", [.. Enumerable.Repeat(1.0, 48)]));
        Panel sessions = Resampling.Resample(panel, BarPeriod.Sessions(NyseCalendar.Instance));
        Assert.Equal([day], sessions.Times); // the 4th is closed
        Assert.Equal((16.0, 4.0), (sessions[0, 0, 0], sessions[0, 0, 1]));
        Assert.Equal(hours[16], sessions.AvailableAt[0]);
    }

    [Fact]
    public void Later_rows_change_nothing_before_them()
    {
        Panel panel = DataCatalog.Open().Load("sp500");
        Panel all = Resampling.Resample(panel, BarPeriod.Week);
        for (int t = 500; t < 5000; t += 611)
        {
            Panel part = Resampling.Resample(panel.Slice(0, t), BarPeriod.Week);
            for (int w = 0; w < part.Length; w++)
            {
                Assert.Equal((part.AvailableAt[w], part[w, 0, 3]), (all.AvailableAt[w], all[w, 0, 3]));
            }
        }
    }

    [Fact]
    public void Periods_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => BarPeriod.Of(TimeSpan.FromHours(7)));
        Assert.Throws<ArgumentException>(() => BarPeriod.Of(TimeSpan.FromDays(2)));
        Panel panel = Panel.OfAsset("X", [new DateTime(2020, 1, 2)], ("close", [1]));
        Assert.Throws<ArgumentException>(() => Resampling.Resample(panel, BarPeriod.Day));
    }
}
