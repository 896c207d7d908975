using System.Globalization;
using System.Text.RegularExpressions;

namespace FinML.Data;

/// <summary>
/// Reads times as people's files have them: ISO 8601, 2020/01/31, 20200131, 31.01.2020, 01/31/2020, 31-Jan-2020,
/// Jan 31, 2020, seconds or milliseconds since 1970, each with a time of day and an offset from UTC or without. Whether
/// the day or the month comes first is decided once for the file, from the dates that leave no doubt.
/// </summary>
internal sealed partial class DateReader
{
    private static readonly string[] s_named =
    [
        "d-MMM-yyyy", "d MMM yyyy", "d MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy", "MMM d "
            + "yyyy", "yyyy-MMM-d", "d/MMM/yyyy",
    ];

    private long _dayFirstRow;
    private long _monthFirstRow;
    private long _doubtRow;
    private string _doubt = "";
    private bool _dayFirst;

    /// <summary>Takes note of what a date says about the order of day and month.</summary>
    public void Observe(string text, long row)
    {
        Match match = Numeric().Match(text.Trim());
        if (!match.Success || match.Groups[1].Length > 2 || match.Groups[4].Length != 4)
        {
            return;
        }

        int first = Number(match, 1), second = Number(match, 3);
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
            _doubt = text;
        }
    }

    /// <summary>Decides the order; a problem where the file contradicts itself or leaves it open.</summary>
    public ImportProblem? Decide(string? given)
    {
        if (given is not null)
        {
            _dayFirst = given == "dmy";
            return null;
        }

        if (_dayFirstRow > 0 && _monthFirstRow > 0)
        {
            return new ImportProblem(Math.Max(_dayFirstRow, _monthFirstRow),
                $"the day comes first in row {_dayFirstRow} and the "
                + $"month in row {_monthFirstRow}; a file must use one order.");
        }

        if (_dayFirstRow == 0 && _monthFirstRow == 0 && _doubtRow > 0)
        {
            return new ImportProblem(_doubtRow,
                $"'{_doubt}' may be day-month or month-day, and no other date of the file tells; "
                + "say which with --date-order dmy or --date-order mdy.");
        }

        _dayFirst = _dayFirstRow > 0;
        return null;
    }

    /// <summary>Reads a time as written, and its offset from UTC where it has one.</summary>
    public bool TryRead(string text, out DateTime local, out TimeSpan? offset)
    {
        text = text.Trim();
        offset = null;
        if (Compact().IsMatch(text))
        {
            return DateTime.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None,
                out local);
        }

        if (Epoch().IsMatch(text))
        {
            long n = long.Parse(text, CultureInfo.InvariantCulture);
            local = text.Length == 10
                ? DateTime.UnixEpoch.AddSeconds(n)
                : DateTime.UnixEpoch.AddMilliseconds(n);
            local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
            offset = TimeSpan.Zero;
            return true;
        }

        Match match = Numeric().Match(text);
        if (!match.Success)
        {
            return DateTime.TryParseExact(text, s_named, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces,
                out local);
        }

        int a = Number(match, 1), b = Number(match, 3), c = Number(match, 4);
        (int year, int month, int day) = match.Groups[1].Length == 4 && match.Groups[4].Length <= 2 ? (a, b, c)
            : match.Groups[1].Length <= 2 && match.Groups[4].Length == 4 ? (_dayFirst ? (c, b, a) : (c, a, b))
            : (0, 0, 0); // a year of two digits is not guessed at
        local = default;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        local = new DateTime(year, month, day);
        return !match.Groups[5].Success || TryAddTime(match.Groups[5].Value, ref local, ref offset);
    }

    private static bool TryAddTime(string text, ref DateTime local, ref TimeSpan? offset)
    {
        Match match = TimeOfDay().Match(text);
        if (!match.Success)
        {
            return false;
        }

        int hour = Number(match, 1), minute = Number(match, 2);
        int second = match.Groups[3].Success ? Number(match, 3) : 0;
        string half = match.Groups[5].Value.ToUpperInvariant();
        if (minute > 59 || second > 59 || hour > 23 || (half.Length > 0 && hour is < 1 or > 12))
        {
            return false;
        }

        hour = half.Length == 0 ? hour : hour % 12 + (half == "PM" ? 12 : 0);
        double fraction = match.Groups[4].Success
            ? double.Parse("0" + match.Groups[4].Value, CultureInfo.InvariantCulture)
            : 0;
        local = local.AddHours(hour).AddMinutes(minute).AddSeconds(second)
            .AddTicks((long)(fraction * TimeSpan.TicksPerSecond));
        if (!match.Groups[6].Success)
        {
            return true;
        }

        offset = TimeSpan.Zero;
        if (match.Groups[6].Value is not ("Z" or "z" or "UTC"))
        {
            int hours = Number(match, 8), minutes = match.Groups[9].Success ? Number(match, 9) : 0;
            if (hours > 14 || minutes > 59)
            {
                return false;
            }

            offset = new TimeSpan(hours, minutes, 0) * (match.Groups[7].Value == "-" ? -1 : 1);
        }

        return true;
    }

    private static int Number(Match match, int group) =>
        int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})(?:[T\s]\s*(.+))?\z")]
    private static partial Regex Numeric();

    [GeneratedRegex(@"\A([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(\.[0-9]{1,9})?)?"
        + @"\s*([AaPp][Mm])?\s*(Z|z|UTC|([+-])([0-9]{2}):?([0-9]{2})?)?\z")]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"\A[0-9]{8}\z")]
    private static partial Regex Compact();

    [GeneratedRegex(@"\A([0-9]{10}|[0-9]{13})\z")]
    private static partial Regex Epoch();
}
