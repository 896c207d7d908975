namespace FinML.Data.Features;

/// <summary>The day of the week as (d - 3) / 2: -1 on Monday, 0 on Wednesday, 1 on Friday, 1.5 and 2 at the weekend.
/// Lookback 0; reads no price.</summary>
public sealed class DayOfWeekFeature : IFeature
{
    /// <inheritdoc/>
    public string Name => "day_of_week";

    /// <inheritdoc/>
    public int Lookback => 0;

    /// <inheritdoc/>
    public double Compute(in PointInTimeView view, int asset)
    {
        int day = view.Time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)view.Time.DayOfWeek; // Monday 1 .. Sunday 7
        return (day - 3) / 2.0;
    }
}
