namespace FinML.Data.Features;

/// <summary>
/// 1 on the last weekday of a month and on the first three of the next, 0 elsewhere. By the calendar of weekdays, which
/// is known in advance: holidays are not looked up, and no later row is read. Lookback 0.
/// Source: J. Lakonishok and S. Smidt, "Are seasonal anomalies real?", Review of Financial Studies 1 (1988).
/// </summary>
public sealed class TurnOfMonth : StreamingFeature
{
    /// <summary>The turn of the month.</summary>
    public TurnOfMonth()
        : base("turn_of_month", 0)
    {
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => default(State), Fields, firstRow);

    private struct State : IFeatureState
    {
        public readonly double Next(in FeatureRow row)
        {
            (int year, int month, int day) = row.Time;
            int weekday = (int)row.Time.DayOfWeek; // Sunday 0 .. Saturday 6
            if (weekday is 0 or 6)
            {
                return 0;
            }

            // A weekend lies before the 4th or the 5th of the month from Monday to Wednesday.
            bool first = day <= 3 || (day <= 5 && weekday <= (int)DayOfWeek.Wednesday);
            int after = DateTime.DaysInMonth(year, month) - day;
            bool last = after == 0 || (after <= 2 && weekday == (int)DayOfWeek.Friday);
            return first || last ? 1 : 0;
        }
    }
}
