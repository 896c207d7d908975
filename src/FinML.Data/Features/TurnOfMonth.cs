namespace FinML.Data.Features;

/// <summary>
/// 1 on the last weekday of a month and on the first three of the next, 0 elsewhere. By the calendar of weekdays, which
/// is known in advance: holidays are not looked up, and no later row is read. Lookback 0.
/// Source: J. Lakonishok and S. Smidt, "Are seasonal anomalies real?", Review of Financial Studies 1 (1988).
/// </summary>
public sealed class TurnOfMonth : IFeature
{
    /// <inheritdoc/>
    public string Name => "turn_of_month";

    /// <inheritdoc/>
    public int Lookback => 0;

    /// <inheritdoc/>
    public double Compute(in PointInTimeView view, int asset)
    {
        DateTime today = view.Time.Date;
        if (!IsWeekday(today))
        {
            return 0;
        }

        int before = 0;
        for (DateTime day = new(today.Year, today.Month, 1); day < today; day = day.AddDays(1))
        {
            before += IsWeekday(day) ? 1 : 0;
        }

        int daysInMonth = DateTime.DaysInMonth(today.Year, today.Month);
        bool last = true;
        for (int d = today.Day + 1; d <= daysInMonth; d++)
        {
            last &= !IsWeekday(new DateTime(today.Year, today.Month, d));
        }

        return before < 3 || last ? 1 : 0;
    }

    private static bool IsWeekday(DateTime day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
