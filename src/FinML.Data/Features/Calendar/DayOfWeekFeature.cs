namespace FinML.Data.Features;

/// <summary>The day of the week as (d - 3) / 2: -1 on Monday, 0 on Wednesday, 1 on Friday, 1.5 and 2 at the weekend.
/// Lookback 0; reads no price.</summary>
public sealed class DayOfWeekFeature : StreamingFeature
{
    /// <summary>The day of the week.</summary>
    public DayOfWeekFeature()
        : base("day_of_week", 0)
    {
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => default(State), Fields, firstRow);

    private struct State : IFeatureState
    {
        public readonly double Next(in FeatureRow row)
        {
            // Monday 1 .. Sunday 7
            int day = row.Time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)row.Time.DayOfWeek;
            return (day - 3) / 2.0;
        }
    }
}
