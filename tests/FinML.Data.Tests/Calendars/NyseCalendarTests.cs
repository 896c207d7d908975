using System.Globalization;

namespace FinML.Data.Tests.Calendars;

public sealed class NyseCalendarTests
{
    /// <summary>R, package timeDate 4022.108: as.Date(holidayNYSE(1990:2030)), weekdays alone. That version is
    /// older than the funerals of the presidents Bush and Carter, which the test adds.</summary>
    private const string Closed = """
        1990 0101 0219 0413 0528 0704 0903 1122 1225
        1991 0101 0218 0329 0527 0704 0902 1128 1225
        1992 0101 0217 0417 0525 0703 0907 1126 1225
        1993 0101 0215 0409 0531 0705 0906 1125 1224
        1994 0221 0401 0427 0530 0704 0905 1124 1226
        1995 0102 0220 0414 0529 0704 0904 1123 1225
        1996 0101 0219 0405 0527 0704 0902 1128 1225
        1997 0101 0217 0328 0526 0704 0901 1127 1225
        1998 0101 0119 0216 0410 0525 0703 0907 1126 1225
        1999 0101 0118 0215 0402 0531 0705 0906 1125 1224
        2000 0117 0221 0421 0529 0704 0904 1123 1225
        2001 0101 0115 0219 0413 0528 0704 0903 0911 0912 0913 0914 1122 1225
        2002 0101 0121 0218 0329 0527 0704 0902 1128 1225
        2003 0101 0120 0217 0418 0526 0704 0901 1127 1225
        2004 0101 0119 0216 0409 0531 0611 0705 0906 1125 1224
        2005 0117 0221 0325 0530 0704 0905 1124 1226
        2006 0102 0116 0220 0414 0529 0704 0904 1123 1225
        2007 0101 0102 0115 0219 0406 0528 0704 0903 1122 1225
        2008 0101 0121 0218 0321 0526 0704 0901 1127 1225
        2009 0101 0119 0216 0410 0525 0703 0907 1126 1225
        2010 0101 0118 0215 0402 0531 0705 0906 1125 1224
        2011 0117 0221 0422 0530 0704 0905 1124 1226
        2012 0102 0116 0220 0406 0528 0704 0903 1029 1030 1122 1225
        2013 0101 0121 0218 0329 0527 0704 0902 1128 1225
        2014 0101 0120 0217 0418 0526 0704 0901 1127 1225
        2015 0101 0119 0216 0403 0525 0703 0907 1126 1225
        2016 0101 0118 0215 0325 0530 0704 0905 1124 1226
        2017 0102 0116 0220 0414 0529 0704 0904 1123 1225
        2018 0101 0115 0219 0330 0528 0704 0903 1122 1225
        2019 0101 0121 0218 0419 0527 0704 0902 1128 1225
        2020 0101 0120 0217 0410 0525 0703 0907 1126 1225
        2021 0101 0118 0215 0402 0531 0705 0906 1125 1224
        2022 0117 0221 0415 0530 0620 0704 0905 1124 1226
        2023 0102 0116 0220 0407 0529 0619 0704 0904 1123 1225
        2024 0101 0115 0219 0329 0527 0619 0704 0902 1128 1225
        2025 0101 0120 0217 0418 0526 0619 0704 0901 1127 1225
        2026 0101 0119 0216 0403 0525 0619 0703 0907 1126 1225
        2027 0101 0118 0215 0326 0531 0618 0705 0906 1125 1224
        2028 0117 0221 0414 0529 0619 0704 0904 1123 1225
        2029 0101 0115 0219 0330 0528 0619 0704 0903 1122 1225
        2030 0101 0121 0218 0419 0527 0619 0704 0902 1128 1225
        """;

    /// <summary>LEAN, Data/market-hours/market-hours-database.json, earlyCloses of Equity-usa-[*], 2000 to 2028;
    /// without 2017-12-24, a Sunday.</summary>
    private const string Early = """
        20000703 20001124 20010703 20011123 20011224 20020705 20021129 20021224 20030703 20031128 20031224 20031226
        20041126 20051125 20060703 20061124 20070703 20071123 20071224 20080703 20081128 20081224 20091127 20091224
        20101126 20111125 20120703 20121123 20121224 20130703 20131129 20131224 20140703 20141128 20141224 20151127
        20151224 20161125 20170703 20171124 20180703 20181123 20181224 20190703 20191129 20191224 20201127 20201224
        20211126 20221125 20230703 20231124 20240703 20241129 20241224 20250703 20251128 20251224 20261127 20261224
        20271126 20280703 20281124
        """;

    private static readonly NyseCalendar s_nyse = NyseCalendar.Instance;

    private static DateOnly Day(string text) =>
        DateOnly.ParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture);

    [Fact]
    public void The_exchange_is_closed_on_the_days_that_R_knows()
    {
        HashSet<DateOnly> closed = [new(2018, 12, 5), new(2025, 1, 9)];
        foreach (string[] year in Closed.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            closed.UnionWith(year.Skip(1).Select(d => Day(year[0] + d)));
        }

        Assert.Equal(375, closed.Count);
        for (DateOnly day = s_nyse.Range.First; day <= s_nyse.Range.Last; day = day.AddDays(1))
        {
            bool weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            Assert.True(s_nyse.IsOpen(day) == !(weekend || closed.Contains(day)), $"{day:yyyy-MM-dd}");
        }
    }

    [Fact]
    public void It_closes_early_on_the_days_that_LEAN_knows()
    {
        Assert.Equal(Early.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(Day).Order(),
            s_nyse.Sessions(new(2000, 1, 1), new(2028, 12, 31))
                .Where(s => s.IsShort && s.Date != new DateOnly(2005, 6, 1)).Select(s => s.Date));
        Assert.All(s_nyse.Sessions(new(2006, 1, 1), new(2028, 12, 31)).Where(s => s.IsShort),
            s => Assert.Equal(new TimeSpan(13, 0, 0), NewYorkTime.FromUtc(s.Close).TimeOfDay));
    }

    [Theory]
    [InlineData("19991231", "13:00")]
    [InlineData("19971226", "13:00")]
    [InlineData("19921224", "14:00")]
    [InlineData("19921127", "14:00")]
    [InlineData("19931126", "13:00")]
    [InlineData("19911129", "16:00")]
    [InlineData("19960705", "13:00")]
    [InlineData("19940705", "16:00")]
    [InlineData("20240705", "16:00")]
    public void Sessions_end(string day, string close) => Assert.Equal(
        TimeSpan.Parse(close, CultureInfo.InvariantCulture),
        NewYorkTime.FromUtc(s_nyse.SessionOf(Day(day))!.Value.Close).TimeOfDay);

    [Fact]
    public void A_session_is_half_past_nine_to_four_in_New_York()
    {
        Session winter = s_nyse.SessionOf(new(2024, 1, 2))!.Value, summer = s_nyse.SessionOf(new(2024, 7, 2))!.Value;
        Assert.Equal((new DateTime(2024, 1, 2, 14, 30, 0), new DateTime(2024, 1, 2, 21, 0, 0)),
            (winter.Open, winter.Close));
        Assert.Equal((new DateTime(2024, 7, 2, 13, 30, 0), new DateTime(2024, 7, 2, 20, 0, 0)),
            (summer.Open, summer.Close));
        Assert.True(s_nyse.IsOpenAt(winter.Open) && !s_nyse.IsOpenAt(winter.Close));
        Assert.Equal(new DateOnly(2001, 9, 17), s_nyse.Next(new(2001, 9, 10)).Date);
        Assert.Equal(new DateOnly(2001, 9, 10), s_nyse.Previous(new(2001, 9, 17)).Date);
        Assert.Equal(252, s_nyse.Sessions(new(2024, 1, 1), new(2024, 12, 31)).Count());
    }

    [Fact]
    public void Days_outside_the_range_are_refused()
    {
        Assert.Contains("1990-01-01", Assert.Throws<ArgumentOutOfRangeException>(() =>
            s_nyse.IsOpen(new(1989, 12, 29))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => s_nyse.Next(new(2030, 12, 31)));
        Assert.False(s_nyse.IsOpenAt(new DateTime(1990, 1, 1, 12, 0, 0, DateTimeKind.Utc)));
    }
}
