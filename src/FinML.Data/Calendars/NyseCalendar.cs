namespace FinML.Data;

/// <summary>
/// The New York Stock Exchange, 1990-2030: its holidays by rule, its half days, and the days on which it stayed shut or
/// stopped early for a reason of its own. Sessions are 9:30-16:00 New York time, half days end at 13:00.
/// </summary>
/// <remarks>
/// Holidays (NYSE Rule 7.2): New Year's Day, Martin Luther King Jr. Day (from 1998), Washington's Birthday, Good
/// Friday, Memorial Day, Juneteenth (from 2022), Independence Day, Labor Day, Thanksgiving, Christmas. One that falls
/// on a Sunday is kept on Monday, on a Saturday on Friday, but for a New Year's Day, whose Friday ends a year's books.
/// Half days: the day after Thanksgiving (from 1992), July 3 where July 4 is a weekday from Tuesday to Friday (from
/// 1995; from 1996 to 2012, where July 4 is a Thursday, the Friday after it instead), December 24 on a weekday; until
/// 1992 they ended at 14:00. Days of the future are by rule alone, and openings that came late are not kept.
/// </remarks>
public sealed class NyseCalendar : ITradingCalendar
{
    private static readonly TimeSpan s_open = new(9, 30, 0), s_close = new(16, 0, 0);

    private static readonly HashSet<DateOnly> s_closed =
    [
        new(1994, 4, 27), // President Nixon's funeral
        new(2001, 9, 11), new(2001, 9, 12), new(2001, 9, 13), new(2001, 9, 14), // the attacks of September 11
        new(2004, 6, 11), // President Reagan's funeral
        new(2007, 1, 2), // President Ford's
        new(2012, 10, 29), new(2012, 10, 30), // Hurricane Sandy
        new(2018, 12, 5), // President George H. W. Bush's
        new(2025, 1, 9), // President Carter's
    ];

    /// <summary>Closing times that no rule gives.</summary>
    private static readonly Dictionary<DateOnly, TimeSpan> s_early = new()
    {
        [new(1990, 12, 24)] = new(14, 0, 0),
        [new(1991, 12, 24)] = new(14, 0, 0),
        [new(1992, 12, 24)] = new(14, 0, 0),
        [new(1992, 11, 27)] = new(14, 0, 0),
        [new(1994, 2, 11)] = new(14, 30, 0), // snow
        [new(1996, 1, 8)] = new(14, 0, 0),   // a blizzard
        [new(1997, 10, 27)] = new(15, 30, 0), // the circuit breakers
        [new(1997, 12, 26)] = new(13, 0, 0),
        [new(1999, 12, 31)] = new(13, 0, 0), // the turn of the millennium
        [new(2003, 12, 26)] = new(13, 0, 0),
        [new(2005, 6, 1)] = new(15, 56, 0), // a failure of the network
    };

    private NyseCalendar()
    {
    }

    /// <summary>The calendar, which has no state.</summary>
    public static NyseCalendar Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "NYSE";

    /// <inheritdoc/>
    public (DateOnly First, DateOnly Last) Range => (new DateOnly(1990, 1, 1), new DateOnly(2030, 12, 31));

    /// <inheritdoc/>
    public Session? SessionOf(DateOnly date)
    {
        this.CheckRange(date);
        if (date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || s_closed.Contains(date) || IsHoliday(date))
        {
            return null;
        }

        TimeSpan close = s_early.TryGetValue(date, out TimeSpan early) ? early
            : IsHalfDay(date) ? new TimeSpan(13, 0, 0)
            : s_close;
        DateTime midnight = date.ToDateTime(TimeOnly.MinValue);
        return new Session(date, NewYorkTime.ToUtc(midnight + s_open), NewYorkTime.ToUtc(midnight + close),
            close < s_close);
    }

    private static bool IsHoliday(DateOnly day)
    {
        int nth = (day.Day - 1) / 7 + 1; // the first, second, ... of its weekday in the month
        bool monday = day.DayOfWeek == DayOfWeek.Monday;
        return day.Month switch
        {
            1 => day.Day == 1 || (day.Day == 2 && monday) || (monday && nth == 3 && day.Year >= 1998),
            2 => monday && nth == 3,
            5 => monday && day.Day > 24,
            6 => day.Year >= 2022 && IsObserved(day, 19),
            7 => IsObserved(day, 4),
            9 => monday && nth == 1,
            11 => day.DayOfWeek == DayOfWeek.Thursday && nth == 4,
            12 => IsObserved(day, 25),
            _ => false,
        } || day == Easter.Sunday(day.Year).AddDays(-2);
    }

    /// <summary>Whether a holiday of this month's day is kept on the day.</summary>
    private static bool IsObserved(DateOnly day, int holiday) => day.Day == holiday
        || (day.Day == holiday + 1 && day.DayOfWeek == DayOfWeek.Monday)
        || (day.Day == holiday - 1 && day.DayOfWeek == DayOfWeek.Friday);

    private static bool IsHalfDay(DateOnly day) => day.Month switch
    {
        7 => day.Year >= 1995 && (day.Day == 3
            ? day.DayOfWeek is DayOfWeek.Monday or DayOfWeek.Tuesday or DayOfWeek.Thursday
                || (day.DayOfWeek == DayOfWeek.Wednesday && day.Year >= 2013)
            : day is { Day: 5, DayOfWeek: DayOfWeek.Friday, Year: > 1995 and < 2013 }),
        11 => day.Year >= 1992 && day.DayOfWeek == DayOfWeek.Friday && day.AddDays(-1).Day is >= 22 and <= 28,
        12 => day.Day == 24,
        _ => false,
    };
}
