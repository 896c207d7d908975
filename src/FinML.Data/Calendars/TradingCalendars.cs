namespace FinML.Data;

/// <summary>What follows from a calendar's sessions.</summary>
public static class TradingCalendars
{
    /// <summary>Whether there is a session on the day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day is outside the calendar's range.</exception>
    public static bool IsOpen(this ITradingCalendar calendar, DateOnly date) =>
        Of(calendar).SessionOf(date) is not null;

    /// <summary>The session that a moment is in, its opening included and its close not; null where the market is
    /// closed.</summary>
    /// <param name="calendar">The market.</param>
    /// <param name="utc">UTC.</param>
    /// <exception cref="ArgumentOutOfRangeException">The day is outside the calendar's range.</exception>
    public static Session? SessionAt(this ITradingCalendar calendar, DateTime utc)
    {
        // A session may begin on the evening before the day that it is called by, and end after midnight of UTC.
        DateOnly day = DateOnly.FromDateTime(utc);
        Of(calendar).CheckRange(day);
        for (int d = -1; d <= 1; d++)
        {
            if ((d >= 0 || day > calendar.Range.First) && (d <= 0 || day < calendar.Range.Last)
                && calendar.SessionOf(day.AddDays(d)) is { } session && session.Open <= utc && utc < session.Close)
            {
                return session;
            }
        }

        return null;
    }

    /// <summary>Whether the market is open at a moment, its opening included and its close not.</summary>
    /// <inheritdoc cref="SessionAt"/>
    public static bool IsOpenAt(this ITradingCalendar calendar, DateTime utc) => calendar.SessionAt(utc) is not null;

    /// <summary>The sessions from a day to a day, both included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A day is outside the calendar's range.</exception>
    public static IEnumerable<Session> Sessions(this ITradingCalendar calendar, DateOnly first, DateOnly last)
    {
        for (DateOnly day = first; day <= last; day = day.AddDays(1))
        {
            if (Of(calendar).SessionOf(day) is { } session)
            {
                yield return session;
            }
        }
    }

    /// <summary>The first session after a day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The calendar ends before it.</exception>
    public static Session Next(this ITradingCalendar calendar, DateOnly date) => Step(calendar, date, 1);

    /// <summary>The last session before a day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The calendar begins after it.</exception>
    public static Session Previous(this ITradingCalendar calendar, DateOnly date) => Step(calendar, date, -1);

    internal static void CheckRange(this ITradingCalendar calendar, DateOnly date)
    {
        if (date < calendar.Range.First || date > calendar.Range.Last)
        {
            throw new ArgumentOutOfRangeException(nameof(date), date, $"The calendar of {calendar.Name} knows the days "
                + $"from {calendar.Range.First:yyyy-MM-dd} to {calendar.Range.Last:yyyy-MM-dd}; {date:yyyy-MM-dd} is "
                + "not one of them.");
        }
    }

    private static Session Step(ITradingCalendar calendar, DateOnly date, int step)
    {
        while (true)
        {
            date = date.AddDays(step);
            if (Of(calendar).SessionOf(date) is { } session)
            {
                return session;
            }
        }
    }

    private static ITradingCalendar Of(ITradingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return calendar;
    }
}
