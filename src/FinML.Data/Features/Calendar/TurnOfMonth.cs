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
            int first = (int)new DateTime(year, month, 1).DayOfWeek; // Sunday 0 .. Saturday 6
            if (!IsWeekday(first, day))
            {
                return 0;
            }

            int before = 0; // the month's weekdays before this one, as far as they matter
            for (int d = 1; d < day && before < 3; d++)
            {
                before += IsWeekday(first, d) ? 1 : 0;
            }

            bool last = true;
            for (int d = day + 1; d <= DateTime.DaysInMonth(year, month) && last; d++)
            {
                last = !IsWeekday(first, d);
            }

            return before < 3 || last ? 1 : 0;
        }

        private static bool IsWeekday(int firstOfMonth, int day) => (firstOfMonth + day - 1) % 7 is not (0 or 6);
    }
}
