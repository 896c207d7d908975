namespace FinML.Data;

/// <summary>Reads a time of day as people's files have it: 17:05, 17:05:30.125, 5:05 PM, 170530, each with Z, UTC or an
/// offset from UTC (+01:00, -0500, +01) or without.</summary>
internal static class TimeOfDay
{
    /// <summary>Adds the time of day to the date; false where the text is none.</summary>
    public static bool TryAdd(ReadOnlySpan<byte> text, ref DateTime local, ref TimeSpan? offset)
    {
        int at = 0;
        if (!TryReadClock(text, ref at, out int hour, out int minute, out int second, out long ticks))
        {
            return false;
        }

        SkipSpaces(text, ref at);
        if (at + 1 < text.Length && (text[at] | 32) is 'a' or 'p' && (text[at + 1] | 32) == 'm')
        {
            if (hour is < 1 or > 12)
            {
                return false;
            }

            hour = hour % 12 + ((text[at] | 32) == 'p' ? 12 : 0);
            at += 2;
            SkipSpaces(text, ref at);
        }

        if (hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        local = local.AddTicks((hour * 3600L + minute * 60 + second) * TimeSpan.TicksPerSecond + ticks);
        return at == text.Length || TryReadOffset(text[at..], out offset);
    }

    private static bool TryReadClock(ReadOnlySpan<byte> text, ref int at, out int hour, out int minute, out int second,
        out long ticks)
    {
        (minute, second, ticks) = (0, 0, 0);
        int digits = Digits(text, ref at, 6, out hour);
        if (digits is 4 or 6) // 1705 and 170530
        {
            (hour, minute, second) = digits == 4 ? (hour / 100, hour % 100, 0)
                : (hour / 10000, hour / 100 % 100, hour % 100);
            return true;
        }

        if (digits is not (1 or 2) || !TryReadPart(text, ref at, out minute))
        {
            return false;
        }

        if (at == text.Length || text[at] != ':')
        {
            return true;
        }

        if (!TryReadPart(text, ref at, out second))
        {
            return false;
        }

        if (at < text.Length && text[at] == '.')
        {
            at++;
            int places = Digits(text, ref at, 9, out int fraction);
            ticks = fraction * TimeSpan.TicksPerSecond; // below 10^9 x 10^7
            for (int i = 0; i < places; i++)
            {
                ticks /= 10;
            }

            return places > 0;
        }

        return true;
    }

    private static bool TryReadPart(ReadOnlySpan<byte> text, ref int at, out int part)
    {
        part = 0;
        if (at == text.Length || text[at] != ':')
        {
            return false;
        }

        at++;
        return Digits(text, ref at, 2, out part) == 2;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> text, out TimeSpan? offset)
    {
        offset = TimeSpan.Zero;
        if (text.SequenceEqual("Z"u8) || text.SequenceEqual("z"u8) || text.SequenceEqual("UTC"u8))
        {
            return true;
        }

        int at = 1, minutes = 0;
        if (text[0] is not ((byte)'+' or (byte)'-') || Digits(text, ref at, 2, out int hours) != 2 || hours > 14)
        {
            return false;
        }

        at += at < text.Length && text[at] == ':' ? 1 : 0;
        if (at < text.Length && (Digits(text, ref at, 2, out minutes) != 2 || minutes > 59))
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return at == text.Length;
    }

    private static void SkipSpaces(ReadOnlySpan<byte> text, ref int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }
    }

    private static int Digits(ReadOnlySpan<byte> text, ref int at, int most, out int value)
    {
        value = 0;
        int start = at;
        while (at < text.Length && at - start < most && (uint)(text[at] - '0') <= 9)
        {
            value = value * 10 + (text[at++] - '0');
        }

        return at - start;
    }
}
