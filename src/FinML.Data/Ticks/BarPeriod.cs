namespace FinML.Data;

/// <summary>The intervals that rows are gathered into.</summary>
public sealed class BarPeriod
{
    private readonly Func<DateTime, DateTime?> _startOf;

    private BarPeriod(string name, Func<DateTime, DateTime?> startOf)
    {
        Name = name;
        _startOf = startOf;
    }

    /// <summary>What it is, for people.</summary>
    public string Name { get; }

    /// <summary>Days of UTC.</summary>
    public static BarPeriod Day { get; } = new("day", t => t.Date);

    /// <summary>Weeks that begin on Monday.</summary>
    public static BarPeriod Week { get; } = new("week", t => t.Date.AddDays(-(((int)t.DayOfWeek + 6) % 7)));

    /// <summary>Months.</summary>
    public static BarPeriod Month { get; } =
        new("month", t => new DateTime(t.Year, t.Month, 1, 0, 0, 0, DateTimeKind.Utc));

    /// <summary>Quarters of a year.</summary>
    public static BarPeriod Quarter { get; } =
        new("quarter", t => new DateTime(t.Year, (t.Month - 1) / 3 * 3 + 1, 1, 0, 0, 0, DateTimeKind.Utc));

    /// <summary>Years.</summary>
    public static BarPeriod Year { get; } = new("year", t => new DateTime(t.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc));

    /// <summary>Intervals of a length, from midnight UTC.</summary>
    /// <param name="length">Above 0, at most a day, and a part of a day.</param>
    /// <exception cref="ArgumentException">The length is outside its range.</exception>
    public static BarPeriod Of(TimeSpan length) =>
        length > TimeSpan.Zero && length <= TimeSpan.FromDays(1) && TimeSpan.TicksPerDay % length.Ticks == 0
            ? new BarPeriod(length.ToString(), t => t.Date.AddTicks(t.TimeOfDay.Ticks / length.Ticks * length.Ticks))
            : throw new ArgumentException($"The length is {length}; it must be above 0, at most a day and divide it.",
                nameof(length));

    /// <summary>The sessions of a market: rows that begin outside its hours belong to none. A session is called by the
    /// midnight UTC of its date.</summary>
    public static BarPeriod Sessions(ITradingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return new BarPeriod($"session of {calendar.Name}",
            time => calendar.SessionAt(time)?.Date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
    }

    /// <summary>The beginning of the interval that a time is in; null where it is in none.</summary>
    public DateTime? StartOf(DateTime utc) => _startOf(utc);
}
