using System.Buffers.Binary;
using System.Globalization;

namespace FinML.Data;

/// <summary>
/// Reads times as people's files have them: ISO 8601, 2020/01/31, 20200131, 2020-01, 31.01.2020, 01/31/2020,
/// 31-Jan-2020, Jan 31, 2020, seconds or milliseconds since 1970, each with a time of day and an offset from UTC or
/// without. Whether the day or the month comes first is decided once for the file, from the dates that leave no doubt:
/// the month is assumed until a date proves the day, and then the file is read again.
/// </summary>
/// <param name="given">"dmy" or "mdy", where the user says it.</param>
/// <param name="assumed">What to begin with where the user does not.</param>
internal sealed class DateReader(string? given, string assumed)
{
    private static readonly string[] s_named =
    [
        "d-MMM-yyyy", "d MMM yyyy", "d MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy", "MMM d yyyy", "yyyy-MMM-d",
        "d/MMM/yyyy",
    ];

    private ulong _lastDate;      // the first eight bytes of the last ISO date, 2020-01-
    private ushort _lastDay;      // and the two behind them
    private DateTime _lastLocal;
    private readonly bool _dayFirst = (given ?? assumed) == "dmy";
    private long _dayFirstRow;
    private long _monthFirstRow;
    private long _doubtRow;
    private string _doubt = "";

    /// <summary>Whether the file has to be read again, with the day first.</summary>
    public bool Again => given is null && _dayFirstRow > 0 && !_dayFirst;

    /// <summary>Whether the file contradicts itself.</summary>
    public bool Torn => given is null && _dayFirstRow > 0 && _monthFirstRow > 0;

    /// <summary>The problem where the file contradicts itself or leaves the order open.</summary>
    public ImportProblem? Decide() => Torn
        ? new ImportProblem(Math.Max(_dayFirstRow, _monthFirstRow), $"the day comes first in row {_dayFirstRow} and "
            + $"the month in row {_monthFirstRow}; a file must use one order.")
        : given is null && _dayFirstRow == 0 && _monthFirstRow == 0 && _doubtRow > 0
        ? new ImportProblem(_doubtRow, $"'{_doubt}' may be day-month or month-day, and no other date of the file "
            + "tells; say which with --date-order dmy or --date-order mdy.")
        : null;

    /// <summary>Reads a time as written, and its offset from UTC where it has one.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, long row, out DateTime local, out TimeSpan? offset)
    {
        offset = null;
        local = default;
        if (text.Length >= 10 && TryReadAgain(text, out local))
        {
            return text.Length == 10 || TryAddClock(text[10..], ref local, ref offset);
        }

        int first = Digits(text, 0, out long a);
        if (first == text.Length)
        {
            return TryReadNumber(first, a, out local, out offset);
        }

        bool read = first == 8 && text[first] is (byte)' ' or (byte)'T'
            ? TryReadCompact(a, out local)
            : first is 1 or 2 or 4 && text[first] is (byte)'-' or (byte)'/' or (byte)'.'
            ? TryReadNumeric(text, first, (int)a, row, out local, out first)
            : false;
        if (!read)
        {
            return text.Length <= 40 && DateTime.TryParseExact(Fields.Text(text), s_named,
                CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out local);
        }

        if (first == 10 && text[4] == '-' && text[7] == '-')
        {
            _lastDate = BinaryPrimitives.ReadUInt64LittleEndian(text);
            _lastDay = BinaryPrimitives.ReadUInt16LittleEndian(text[8..]);
            _lastLocal = local;
        }

        return first == text.Length || TryAddClock(text[first..], ref local, ref offset);
    }

    /// <summary>Whether the date is that of the time before, as it mostly is within a day.</summary>
    private bool TryReadAgain(ReadOnlySpan<byte> text, out DateTime local)
    {
        local = _lastLocal;
        return _lastDate != 0 && BinaryPrimitives.ReadUInt64LittleEndian(text) == _lastDate
            && BinaryPrimitives.ReadUInt16LittleEndian(text[8..]) == _lastDay
            && (text.Length == 10 || !char.IsAsciiDigit((char)text[10]));
    }

    private static bool TryAddClock(ReadOnlySpan<byte> text, ref DateTime local, ref TimeSpan? offset) =>
        text[0] is (byte)' ' or (byte)'T' or (byte)'\t'
        && TimeOfDay.TryAdd(text[1..].Trim(" \t"u8), ref local, ref offset);

    private bool TryReadNumeric(ReadOnlySpan<byte> text, int first, int a, long row, out DateTime local, out int end)
    {
        byte mark = text[first];
        int second = Digits(text, first + 1, out long b);
        end = first + 1 + second;
        local = default;
        if (second is not (1 or 2))
        {
            return false;
        }

        if (end == text.Length && first == 4 && second == 2 && mark is (byte)'-' or (byte)'/')
        {
            return TryMake(a, (int)b, 1, out local); // a month: 1833-01
        }

        if (end == text.Length || text[end] != mark)
        {
            return false;
        }

        int third = Digits(text, end + 1, out long c);
        end += 1 + third;
        if (first == 4)
        {
            return third is 1 or 2 && TryMake(a, (int)b, (int)c, out local);
        }

        if (third != 4) // a year of two digits is not guessed at
        {
            return false;
        }

        if (given is null)
        {
            Observe(a, (int)b, text, row);
        }

        return _dayFirst ? TryMake((int)c, (int)b, a, out local) : TryMake((int)c, a, (int)b, out local);
    }

    private void Observe(int first, int second, ReadOnlySpan<byte> text, long row)
    {
        if (first > 12 && second <= 12)
        {
            _dayFirstRow = _dayFirstRow == 0 ? row : _dayFirstRow;
        }
        else if (second > 12 && first <= 12)
        {
            _monthFirstRow = _monthFirstRow == 0 ? row : _monthFirstRow;
        }
        else if (_doubtRow == 0 && first != second)
        {
            _doubtRow = row;
            _doubt = Fields.Text(text);
        }
    }

    private static bool TryReadNumber(int length, long n, out DateTime local, out TimeSpan? offset)
    {
        offset = length == 8 ? null : TimeSpan.Zero;
        local = default;
        switch (length)
        {
            case 8:
                return TryReadCompact(n, out local);
            case 10 or 13:
                DateTime utc = length == 10 ? DateTime.UnixEpoch.AddSeconds(n) : DateTime.UnixEpoch.AddMilliseconds(n);
                local = DateTime.SpecifyKind(utc, DateTimeKind.Unspecified);
                return true;
            default:
                return false;
        }
    }

    private static bool TryReadCompact(long n, out DateTime local) =>
        TryMake((int)(n / 10000), (int)(n / 100 % 100), (int)(n % 100), out local);

    private static bool TryMake(int year, int month, int day, out DateTime date)
    {
        bool right = year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1
            && day <= DateTime.DaysInMonth(year, month);
        date = right ? new DateTime(year, month, day) : default;
        return right;
    }

    /// <summary>The number of digits from a position, at most 14, and their value.</summary>
    private static int Digits(ReadOnlySpan<byte> text, int from, out long value)
    {
        value = 0;
        int at = from;
        while (at < text.Length && at - from < 14 && (uint)(text[at] - '0') <= 9)
        {
            value = value * 10 + (text[at++] - '0');
        }

        return at - from;
    }
}
