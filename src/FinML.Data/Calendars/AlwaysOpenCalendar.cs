namespace FinML.Data;

/// <summary>A market that never closes, such as that of crypto-currencies: a session is a day of UTC.</summary>
public sealed class AlwaysOpenCalendar : ITradingCalendar
{
    private AlwaysOpenCalendar()
    {
    }

    /// <summary>The calendar, which has no state.</summary>
    public static AlwaysOpenCalendar Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "24/7";

    /// <inheritdoc/>
    public (DateOnly First, DateOnly Last) Range => (DateOnly.MinValue, DateOnly.MaxValue.AddDays(-1));

    /// <inheritdoc/>
    public Session? SessionOf(DateOnly date)
    {
        this.CheckRange(date);
        DateTime midnight = date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        return new Session(date, midnight, midnight.AddDays(1), IsShort: false);
    }
}
