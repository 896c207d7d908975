namespace FinML.Data.Tests.Calendars;

public sealed class CalendarTests
{
    private static DateTime Utc(int year, int month, int day, int hour = 0, int minute = 0) =>
        new(year, month, day, hour, minute, 0, DateTimeKind.Utc);

    [Fact]
    public void A_market_that_never_closes()
    {
        AlwaysOpenCalendar always = AlwaysOpenCalendar.Instance;
        Assert.True(always.IsOpenAt(Utc(2024, 12, 25)) && always.IsOpenAt(Utc(2024, 6, 2, 23, 59)));
        Assert.Equal(366, always.Sessions(new(2024, 1, 1), new(2024, 12, 31)).Count());
        Assert.Equal(TimeSpan.FromDays(1),
            always.SessionOf(new(2024, 2, 29))!.Value.Close - always.SessionOf(new(2024, 2, 29))!.Value.Open);
    }

    [Fact]
    public void The_week_of_foreign_exchange()
    {
        FxCalendar fx = FxCalendar.Instance;
        Assert.False(fx.IsOpenAt(Utc(2024, 1, 7, 21, 59))); // Sunday, a minute before 17:00 in New York
        Assert.True(fx.IsOpenAt(Utc(2024, 1, 7, 22)));
        Assert.True(fx.IsOpenAt(Utc(2024, 1, 12, 21, 59)) && !fx.IsOpenAt(Utc(2024, 1, 12, 22)));
        Assert.True(fx.IsOpenAt(Utc(2024, 7, 7, 21)) && !fx.IsOpenAt(Utc(2024, 7, 7, 20, 59))); // summer
        Assert.False(fx.IsOpenAt(Utc(2024, 12, 25, 12)));
        Assert.Equal(new DateOnly(2024, 1, 8), fx.SessionAt(Utc(2024, 1, 7, 23))!.Value.Date);
        Assert.Equal(260, fx.Sessions(new(2024, 1, 1), new(2024, 12, 31)).Count());
    }

    [Theory] // the changes of 1974, 1975, 1986, 1987, 2006 and 2007, in UTC
    [InlineData(1974, 1, 6, 7)]
    [InlineData(1975, 2, 23, 7)]
    [InlineData(1986, 4, 27, 7)]
    [InlineData(1987, 4, 5, 7)]
    [InlineData(2006, 4, 2, 7)]
    [InlineData(2007, 3, 11, 7)]
    public void Daylight_time_begins(int year, int month, int day, int hour)
    {
        Assert.Equal(TimeSpan.FromHours(-5), NewYorkTime.OffsetAt(Utc(year, month, day, hour).AddTicks(-1)));
        Assert.Equal(TimeSpan.FromHours(-4), NewYorkTime.OffsetAt(Utc(year, month, day, hour)));
    }

    [Theory]
    [InlineData(1990, 10, 28, 6)]
    [InlineData(2006, 10, 29, 6)]
    [InlineData(2007, 11, 4, 6)]
    [InlineData(2026, 11, 1, 6)]
    public void Daylight_time_ends(int year, int month, int day, int hour)
    {
        Assert.Equal(TimeSpan.FromHours(-4), NewYorkTime.OffsetAt(Utc(year, month, day, hour).AddTicks(-1)));
        Assert.Equal(TimeSpan.FromHours(-5), NewYorkTime.OffsetAt(Utc(year, month, day, hour)));
    }

    [Fact]
    public void Every_clock_time_comes_back_but_those_of_the_changes()
    {
        for (DateTime utc = Utc(1967, 1, 1); utc.Year < 2031; utc = utc.AddHours(5))
        {
            DateTime back = NewYorkTime.ToUtc(NewYorkTime.FromUtc(utc));
            Assert.True(back == utc || (back == utc.AddHours(-1) && utc.Hour == 6 && utc.DayOfWeek == DayOfWeek.Sunday),
                $"{utc:O} comes back as {back:O}");
        }
    }

    [SkippableFact]
    public void The_systems_table_of_time_zones_agrees()
    {
        Skip.IfNot(TimeZoneInfo.TryFindSystemTimeZoneById("America/New_York", out TimeZoneInfo? zone),
            "This machine has no table of time zones.");
        for (DateTime utc = Utc(1967, 1, 1, 0, 30); utc.Year < 2031; utc = utc.AddHours(1))
        {
            Assert.True(zone!.GetUtcOffset(utc) == NewYorkTime.OffsetAt(utc), $"{utc:O}");
        }
    }
}
