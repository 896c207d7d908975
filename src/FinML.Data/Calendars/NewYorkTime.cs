namespace FinML.Data;

/// <summary>
/// The clock of New York, by the rules that the United States have had since the Uniform Time Act: what a table of
/// time zones would say, without one, so that every machine reads the same times.
/// </summary>
/// <remarks>
/// Daylight time began on the last Sunday of April 1967-1986 (1974: January 6; 1975: February 23), on the first Sunday
/// of April 1987-2006 and on the second Sunday of March since 2007; it ended on the last Sunday of October and ends on
/// the first Sunday of November since 2007; always at 2:00. Before 1967 the rule of 1967 is used: hours of those years
/// are right but for the days around the change.
/// </remarks>
public static class NewYorkTime
{
    private static readonly TimeSpan s_standard = TimeSpan.FromHours(-5), s_daylight = TimeSpan.FromHours(-4);

    /// <summary>What is added to UTC to get New York's clock: -4 or -5 hours.</summary>
    /// <param name="utc">A moment, UTC.</param>
    public static TimeSpan OffsetAt(DateTime utc)
    {
        (DateTime begin, DateTime end) = Daylight(Math.Max(1, utc.Ticks > s_daylight.Negate().Ticks
            ? (utc + s_standard).Year : 1));
        return utc >= begin - s_standard && utc < end - s_daylight ? s_daylight : s_standard;
    }

    /// <summary>The clock of New York at a moment.</summary>
    /// <param name="utc">UTC.</param>
    /// <returns>Of unspecified kind.</returns>
    public static DateTime FromUtc(DateTime utc) =>
        DateTime.SpecifyKind(new DateTime(Math.Max(0, utc.Ticks + OffsetAt(utc).Ticks)), DateTimeKind.Unspecified);

    /// <summary>The moment at which New York's clock shows a time.</summary>
    /// <param name="local">The clock. A time that the change in spring leaves out is read by the winter's clock, and of
    /// the hour that the change in autumn shows twice the first is meant.</param>
    /// <returns>UTC.</returns>
    public static DateTime ToUtc(DateTime local)
    {
        (DateTime begin, DateTime end) = Daylight(local.Year);
        TimeSpan offset = local >= begin && local < end ? s_daylight : s_standard;
        long ticks = Math.Min(local.Ticks - offset.Ticks, DateTime.MaxValue.Ticks);
        return new DateTime(ticks, DateTimeKind.Utc);
    }

    /// <summary>From when and until when the clock shows daylight time: 2:00 winter time, 2:00 summer time.</summary>
    private static (DateTime Begin, DateTime End) Daylight(int year)
    {
        DateTime begin = year switch
        {
            1974 => new DateTime(1974, 1, 6),
            1975 => new DateTime(1975, 2, 23),
            >= 2007 => Sunday(year, 3, 2),
            >= 1987 => Sunday(year, 4, 1),
            _ => LastSunday(year, 4),
        };
        return (begin.AddHours(2), (year >= 2007 ? Sunday(year, 11, 1) : LastSunday(year, 10)).AddHours(2));
    }

    private static DateTime Sunday(int year, int month, int which)
    {
        DateTime first = new(year, month, 1);
        return first.AddDays((7 - (int)first.DayOfWeek) % 7 + 7 * (which - 1));
    }

    private static DateTime LastSunday(int year, int month)
    {
        DateTime last = new(year, month, DateTime.DaysInMonth(year, month));
        return last.AddDays(-(int)last.DayOfWeek);
    }
}
