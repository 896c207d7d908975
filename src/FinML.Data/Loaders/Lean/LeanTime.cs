namespace FinML.Data;

/// <summary>The dates and times of LEAN's files.</summary>
internal static class LeanTime
{
    /// <summary>Takes a date, yyyyMMdd.</summary>
    public static DateOnly Date(ref RecordLine record)
    {
        ReadOnlySpan<byte> text = record.Text("date");
        if (text.Length == 8 && TryReadDate(text, out DateOnly date))
        {
            return date;
        }

        record.Refuse($"'{Fields.Shorten(text)}' is not a date as yyyyMMdd.");
        return default;
    }

    /// <summary>Takes a time, yyyyMMdd HH:mm, or milliseconds after midnight of the day of the options.</summary>
    /// <returns>As the file's clock shows it.</returns>
    public static DateTime Local(ref RecordLine record, DateOnly? day)
    {
        if (day is { } midnight)
        {
            double milliseconds = record.Number("time", 0, 86_400_000);
            return record.Wrong is null ? midnight.ToDateTime(TimeOnly.MinValue)
                .AddTicks((long)Math.Round(milliseconds * TimeSpan.TicksPerMillisecond)) : default;
        }

        ReadOnlySpan<byte> text = record.Text("time");
        if (text.Length == 14 && text[8] == ' ' && text[11] == ':' && TryReadDate(text[..8], out DateOnly date)
            && TryRead(text[9..11], out int hour) && TryRead(text[12..14], out int minute) && hour < 24 && minute < 60)
        {
            return date.ToDateTime(new TimeOnly(hour, minute));
        }

        record.Refuse($"'{Fields.Shorten(text)}' is not a time as yyyyMMdd HH:mm.");
        return default;
    }

    /// <summary>The moment that the file's clock shows.</summary>
    public static DateTime Utc(DateTime local, LeanOptions options) =>
        options.IsNewYork ? NewYorkTime.ToUtc(local) : DateTime.SpecifyKind(local, DateTimeKind.Utc);

    /// <summary>The symbol of a day, or what is wrong with the day.</summary>
    public static string Symbol(ref RecordLine record, DateTime local, LeanOptions options)
    {
        if (options.Map is not { } map || record.Wrong is not null)
        {
            return options.Symbol;
        }

        DateOnly day = DateOnly.FromDateTime(local);
        if (map.TickerAt(day) is { } ticker)
        {
            return ticker;
        }

        record.Refuse($"{day:yyyy-MM-dd} is outside the life of the symbol, {map.First:yyyy-MM-dd} to "
            + $"{map.Last:yyyy-MM-dd}.");
        return options.Symbol;
    }

    private static bool TryReadDate(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (!TryRead(text[..4], out int year) || !TryRead(text[4..6], out int month)
            || !TryRead(text[6..8], out int day)
            || year is < 1600 or > 2200 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    private static bool TryRead(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (byte b in digits)
        {
            value = value * 10 + (b - '0');
            if ((uint)(b - '0') > 9)
            {
                return false;
            }
        }

        return true;
    }
}
