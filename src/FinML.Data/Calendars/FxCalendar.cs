namespace FinML.Data;

/// <summary>
/// The week of foreign exchange: from Sunday 17:00 to Friday 17:00, New York time. The session of a day runs from 17:00
/// of the evening before to 17:00, so there is one from Monday to Friday; banks close on Christmas Day and New Year's
/// Day, and the sessions of those days are left out.
/// </summary>
public sealed class FxCalendar : ITradingCalendar
{
    private static readonly TimeSpan s_close = new(17, 0, 0);

    private FxCalendar()
    {
    }

    /// <summary>The calendar, which has no state.</summary>
    public static FxCalendar Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "FX";

    /// <inheritdoc/>
    public (DateOnly First, DateOnly Last) Range => (new DateOnly(1971, 8, 16), new DateOnly(2099, 12, 31));

    /// <inheritdoc/>
    public Session? SessionOf(DateOnly date)
    {
        this.CheckRange(date);
        if (date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || date is { Month: 12, Day: 25 }
            or { Month: 1, Day: 1 })
        {
            return null;
        }

        DateTime close = date.ToDateTime(TimeOnly.MinValue) + s_close;
        return new Session(date, NewYorkTime.ToUtc(close.AddDays(-1)), NewYorkTime.ToUtc(close), IsShort: false);
    }
}
