namespace FinML.Data.Features;

/// <summary>
/// Where in a day, a week, a month or a year a row is, as sin or cos of 2 pi times the part that has passed: both
/// together say the place without a jump at the turn. By the time of the row in UTC. Lookback 0; reads no price.
/// </summary>
public sealed class CalendarCycle : StreamingFeature
{
    private readonly CalendarPeriod _period;
    private readonly CalendarWave _wave;

    /// <summary>The place in a period as one of its waves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The period or the wave is none of those that there
    /// are.</exception>
    public CalendarCycle(CalendarPeriod period, CalendarWave wave)
        : base($"{wave.ToString().ToLowerInvariant()}_of_{period.ToString().ToLowerInvariant()}", 0)
    {
        _period = Enum.IsDefined(period)
            ? period
            : throw new ArgumentOutOfRangeException(nameof(period), period, "period must be Day, Week, Month or Year.");
        _wave = Enum.IsDefined(wave)
            ? wave
            : throw new ArgumentOutOfRangeException(nameof(wave), wave, "wave must be Sine or Cosine.");
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(_period, _wave), Fields, firstRow);

    private readonly struct State(CalendarPeriod period, CalendarWave wave) : IFeatureState
    {
        public double Next(in FeatureRow row)
        {
            double angle = 2 * Math.PI * Passed(row.Time);
            return wave == CalendarWave.Sine ? Math.Sin(angle) : Math.Cos(angle);
        }

        private double Passed(DateTime time)
        {
            double day = (double)time.TimeOfDay.Ticks / TimeSpan.TicksPerDay;
            return period switch
            {
                CalendarPeriod.Day => day,
                CalendarPeriod.Week => (((int)time.DayOfWeek + 6) % 7 + day) / 7,
                CalendarPeriod.Month => (time.Day - 1 + day) / DateTime.DaysInMonth(time.Year, time.Month),
                _ => (time.DayOfYear - 1 + day) / (DateTime.IsLeapYear(time.Year) ? 366 : 365),
            };
        }
    }
}
