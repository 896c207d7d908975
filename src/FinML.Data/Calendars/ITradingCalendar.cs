namespace FinML.Data;

/// <summary>When a market is open. Everything else about its days follows from this
/// (<see cref="TradingCalendars"/>).</summary>
public interface ITradingCalendar
{
    /// <summary>The market's name.</summary>
    string Name { get; }

    /// <summary>The first and the last day that the calendar knows.</summary>
    (DateOnly First, DateOnly Last) Range { get; }

    /// <summary>The session of a day; null where the market is closed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day is outside <see cref="Range"/>.</exception>
    Session? SessionOf(DateOnly date);
}
