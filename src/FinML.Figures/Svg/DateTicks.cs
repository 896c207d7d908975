using System.Globalization;
using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

/// <summary>Ticks at years, quarters, months, days, hours, minutes, seconds or milliseconds, by the span.</summary>
internal static class DateTicks
{
    private enum Unit
    {
        Millisecond,
        Second,
        Minute,
        Hour,
        Day,
        Month,
        Year,
    }

    private static readonly (Unit Unit, int Every, double Days)[] Steps = Build();

    public static List<Tick> Create(double minimum, double maximum, int count)
    {
        double span = maximum - minimum;
        var step = Steps.FirstOrDefault(s => span / s.Days <= Math.Max(count, 1) * 1.0001, Steps[^1]);
        var ticks = new List<Tick>();
        string? previous = null;
        foreach (DateTime time in Times(AxisValues.Date(minimum), step.Unit, step.Every))
        {
            double days = AxisValues.Days(time);
            if (days > maximum)
                break;
            if (days < minimum)
                continue;
            string? under = Under(time, step.Unit);
            ticks.Add(new Tick(days, Label(time, step.Unit), under == previous ? null : under));
            previous = under;
        }

        return ticks;
    }

    private static (Unit, int, double)[] Build()
    {
        var steps = new List<(Unit, int, double)>();
        foreach (int n in (int[])[1, 10, 100])
            steps.Add((Unit.Millisecond, n, n / 86_400_000.0));
        foreach (int n in (int[])[1, 5, 15, 30])
            steps.Add((Unit.Second, n, n / 86_400.0));
        foreach (int n in (int[])[1, 5, 15, 30])
            steps.Add((Unit.Minute, n, n / 1440.0));
        foreach (int n in (int[])[1, 3, 6, 12])
            steps.Add((Unit.Hour, n, n / 24.0));
        foreach (int n in (int[])[1, 2, 7, 14])
            steps.Add((Unit.Day, n, n));
        foreach (int n in (int[])[1, 3, 6])
            steps.Add((Unit.Month, n, n * 30.44));
        foreach (int n in (int[])[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000])
            steps.Add((Unit.Year, n, n * 365.25));
        return [.. steps];
    }

    private static IEnumerable<DateTime> Times(DateTime start, Unit unit, int every)
    {
        if (unit == Unit.Year)
        {
            for (int year = Math.Max(every, start.Year / every * every); year <= 9999; year += every)
                yield return new DateTime(year, 1, 1);
        }
        else if (unit == Unit.Month)
        {
            var month = new DateTime(start.Year, (start.Month - 1) / every * every + 1, 1);
            for (; month.Year < 9999; month = month.AddMonths(every))
                yield return month;
        }
        else
        {
            long length = every * unit switch
            {
                Unit.Day => TimeSpan.TicksPerDay,
                Unit.Hour => TimeSpan.TicksPerHour,
                Unit.Minute => TimeSpan.TicksPerMinute,
                Unit.Second => TimeSpan.TicksPerSecond,
                _ => TimeSpan.TicksPerMillisecond,
            };
            // 0001-01-01 was a Monday: multiples of seven days are Mondays.
            for (long ticks = start.Ticks / length * length; ticks < DateTime.MaxValue.Ticks - length; ticks += length)
                yield return new DateTime(ticks);
        }
    }

    private static string Label(DateTime time, Unit unit) => Text(time, unit switch
    {
        Unit.Year => "yyyy",
        Unit.Month => "MMM",
        Unit.Day => "d MMM",
        Unit.Hour or Unit.Minute => "HH:mm",
        Unit.Second => "HH:mm:ss",
        _ => "HH:mm:ss.fff",
    });

    private static string? Under(DateTime time, Unit unit) => unit switch
    {
        Unit.Year => null,
        Unit.Month or Unit.Day => Text(time, "yyyy"),
        _ => Text(time, "d MMM yyyy"),
    };

    private static string Text(DateTime time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
