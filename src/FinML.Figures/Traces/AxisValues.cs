using System.Globalization;

namespace FinML.Figures.Traces;

/// <summary>
/// Values along one axis, as doubles: numbers as they are, dates as days since 0001-01-01 (10 microseconds of
/// resolution), categories by their label (their position is known when all traces of a figure are).
/// </summary>
internal sealed class AxisValues
{
    private AxisValues(AxisKind kind, double[] values, string[] labels)
    {
        Kind = kind;
        Values = values;
        Labels = labels;
    }

    public AxisKind Kind { get; }

    /// <summary>Numbers or days; empty for categories.</summary>
    public double[] Values { get; }

    /// <summary>Labels; empty unless categories.</summary>
    public string[] Labels { get; }

    public int Count => Kind == AxisKind.Category ? Labels.Length : Values.Length;

    public static AxisValues Create<T>(IEnumerable<T> source, string owner)
    {
        ArgumentNullException.ThrowIfNull(source);
        AxisKind kind = KindOf(source, owner);
        if (kind == AxisKind.Category)
            return new AxisValues(
                kind, [], source.Select((v, i) => v?.ToString() ?? throw Missing(owner, i)).ToArray());
        double[] values = source.Select((v, i) => ToDouble(v, owner, i)).ToArray();
        return new AxisValues(kind, values, []);
    }

    public static AxisValues Index(int count) =>
        new(AxisKind.Number, Enumerable.Range(0, count).Select(i => (double)i).ToArray(), []);

    public static AxisValues Numbers(double[] values) => new(AxisKind.Number, values, []);

    public static double Days(DateTime time) => time.Ticks / (double)TimeSpan.TicksPerDay;

    public static DateTime Date(double days)
    {
        // Rounded to the millisecond: a double of days resolves about 10 microseconds.
        double milliseconds = Math.Round(days * 86_400_000.0);
        long ticks = (long)milliseconds * TimeSpan.TicksPerMillisecond;
        return new DateTime(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks), DateTimeKind.Unspecified);
    }

    /// <summary>One x position given as object: DateTime, number or label.</summary>
    public static AxisValues Single<T>(T value, string owner) => Create([value], owner);

    public string Text(int index) => Kind switch
    {
        AxisKind.Category => Labels[index],
        AxisKind.Date => DateText(Values[index]),
        _ => Values[index].ToString("R", CultureInfo.InvariantCulture),
    };

    public static string DateText(double days)
    {
        DateTime time = Date(days);
        string format = time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd"
            : time.Millisecond == 0 ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-ddTHH:mm:ss.fff";
        return time.ToString(format, CultureInfo.InvariantCulture);
    }

    private static AxisKind KindOf<T>(IEnumerable<T> source, string owner)
    {
        Type type = typeof(T) == typeof(object) ? source.FirstOrDefault()?.GetType() ?? typeof(object) : typeof(T);
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(DateTime) || type == typeof(DateOnly) || type == typeof(DateTimeOffset))
            return AxisKind.Date;
        if (type == typeof(string) || type.IsEnum)
            return AxisKind.Category;
        if (type.IsPrimitive && type != typeof(bool) && type != typeof(char) || type == typeof(decimal))
            return AxisKind.Number;
        throw new ArgumentException(
            $"x of {owner} must be dates (DateTime, DateOnly, DateTimeOffset), numbers or strings; got {type.Name}.");
    }

    private static double ToDouble<T>(T value, string owner, int index)
    {
        double result = value switch
        {
            DateTime time => Days(time),
            DateOnly day => Days(day.ToDateTime(TimeOnly.MinValue)),
            DateTimeOffset time => Days(time.UtcDateTime),
            IConvertible number => number.ToDouble(CultureInfo.InvariantCulture),
            _ => double.NaN,
        };
        return double.IsFinite(result) ? result : throw Missing(owner, index);
    }

    private static ArgumentException Missing(string owner, int index) =>
        new($"x of {owner} is missing or not finite at index {index}; drop that point (a gap is a NaN in y).");
}
