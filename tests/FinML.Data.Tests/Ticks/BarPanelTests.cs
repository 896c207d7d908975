using FinML.Tests;

namespace FinML.Data.Tests.Ticks;

public sealed class BarPanelTests
{
    private static Bar At(string symbol, int hour, double close, int minutes = 60) => new()
    {
        Symbol = symbol,
        Time = new DateTime(2020, 1, 2, hour, 0, 0, DateTimeKind.Utc),
        AvailableAt = new DateTime(2020, 1, 2, hour, 0, 0, DateTimeKind.Utc).AddMinutes(minutes),
        Open = close,
        High = close,
        Low = close,
        Close = close,
    };

    [Fact]
    public void Symbols_share_the_times_that_any_has()
    {
        Panel panel = BarPanel.Of([At("A", 10, 1), At("B", 9, 2), At("A", 9, 3, minutes: 150), At("B", 11, 4)]);
        Assert.Equal(["A", "B"], panel.Assets);
        Assert.Equal([3, 1, double.NaN], panel.Column("A", "close").ToArray());
        Assert.Equal([2, double.NaN, 4], panel.Column("B", "close").ToArray());
        DateTime late = new(2020, 1, 2, 11, 30, 0); // the bar of 9:00 was late, and the row of 10:00 waits for it
        Assert.Equal([late, late, new DateTime(2020, 1, 2, 12, 0, 0)], panel.AvailableAt);
    }

    [Fact]
    public void Two_bars_of_a_time_and_none_at_all_are_refused()
    {
        Assert.Throws<ArgumentException>(() => BarPanel.Of([At("A", 9, 1), At("A", 9, 1)]));
        Assert.Throws<ArgumentException>(() => BarPanel.Of([]));
    }

    [SkippableFact]
    public void Five_stocks_of_LEAN_make_one_panel_of_sessions()
    {
        Panel hours = BarPanel.Of(new[] { "aapl", "aig", "bac", "ibm", "spy" }.SelectMany(s => LeanBars.Read(
            TextSource.OfFile(PublicData.Require($"lean_{s}_hour_1998_2021.zip")), LeanOptions.Equity(s))));
        Assert.Equal(5, hours.Assets.Count);
        Assert.InRange(hours.Length, 40_831, 41_200);

        // A bar of the hour from 9:00 has the trades from 9:30 on, but begins before the session: so by days.
        Panel days = Resampling.Resample(hours, BarPeriod.Day, keepUnfinished: true);
        int sessions = NyseCalendar.Instance.Sessions(new(1998, 1, 2), new(2021, 3, 31)).Count();
        Assert.InRange(days.Length, sessions - 15, sessions); // a few days are missing from the files
    }
}
