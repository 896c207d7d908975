using System.Globalization;

namespace FinML.Data.Store;

/// <summary>Times of a store: microseconds since 1970, UTC.</summary>
internal static class StoreTime
{
    public static long ToMicroseconds(DateTime time)
    {
        long ticks = (time - DateTime.UnixEpoch).Ticks;
        return ticks % TimeSpan.TicksPerMicrosecond == 0
            ? ticks / TimeSpan.TicksPerMicrosecond
            : throw new ArgumentException($"The time {time:O} is finer than a microsecond, which a store cannot keep.");
    }

    public static DateTime FromMicroseconds(long microseconds) =>
        new(DateTime.UnixEpoch.Ticks + microseconds * TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);

    /// <summary>As a literal of SQL.</summary>
    public static string Literal(DateTime time) =>
        $"TIMESTAMPTZ '{time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}+00'";

    /// <summary>For people.</summary>
    public static string Show(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF",
        CultureInfo.InvariantCulture);

    public static DateTime Utc(DateTime time) => time.Kind == DateTimeKind.Local
        ? throw new ArgumentException($"The time {time:O} is local; times are UTC.")
        : DateTime.SpecifyKind(time, DateTimeKind.Utc);
}
