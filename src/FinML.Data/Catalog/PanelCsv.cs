using System.Globalization;
using System.Text;

namespace FinML.Data;

/// <summary>
/// Reads the CSV files of the catalogue: the first column is the time, the others are numbers, an empty field or NA is
/// missing. Invariant culture; strict about the header, the width of each row and every number.
/// </summary>
internal static class PanelCsv
{
    private const byte Comma = (byte)',';

    /// <summary>A time as a panel set's entry or file writes it.</summary>
    public static bool TryReadTime(DataSet set, string text, out DateTime time)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return set.Time switch
        {
            "date" => DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, utc, out time),
            "compact-date" => DateTime.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, utc, out time),
            "month" => DateTime.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, utc, out time),
            "timestamp" => DateTime.TryParse(text, CultureInfo.InvariantCulture, utc, out time),
            "ordinal" => Ordinal(text, out time),
            _ => throw new DataException($"The data set '{set.Name}' has the time kind '{set.Time}'; known are 'date', "
                + "'compact-date', 'month', 'timestamp', 'ordinal' and 'none'."),
        };
    }

    public static Panel Read(DataSet set, byte[] bytes)
    {
        int width = set.Columns.Count;
        int first = FirstValue(set);
        List<DateTime> times = new(set.Rows);
        List<double>[] columns = [.. Enumerable.Range(first, Math.Max(0, width - first)).Select(_ =>
            new List<double>(set.Rows))];
        using LineReader lines = new(TextSource.OfBytes(bytes, set.File).Open(), set.File, LoadLimits.Default);
        CheckHeader(set, lines);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (Fields.IsBlank(line, (byte)' '))
            {
                continue;
            }

            int position = 0;
            if (first == 0)
            {
                times.Add(DateTime.UnixEpoch.AddDays(times.Count));
            }

            for (int c = 0; c < width; c++)
            {
                if (position > line.Length || !Fields.Take(line, ref position, Comma, out ReadOnlySpan<byte> field))
                {
                    throw Width(set, lines.Line);
                }

                if (c < first)
                {
                    times.Add(ReadTime(set, Fields.Text(field), lines.Line));
                }
                else
                {
                    columns[c - first].Add(ReadNumber(set, field, set.Columns[c], lines.Line));
                }
            }

            if (position <= line.Length)
            {
                throw Width(set, lines.Line);
            }
        }

        return Build(set, times, columns);
    }

    private static DataException Width(DataSet set, long line) =>
        new($"{set.File}, line {line}: there are not {set.Columns.Count} fields as in the catalogue.");

    private static Panel Build(DataSet set, List<DateTime> times, List<double>[] columns)
    {
        string[] names = [.. set.Columns.Skip(FirstValue(set))];
        double[][] data = [.. columns.Select(c => c.ToArray())];
        TimeSpan lag = TimeSpan.FromHours(set.AvailableAfterHours ?? 0);
        DateTime[] availableAt = [.. times.Select(t => t + lag)];
        try
        {
            return set.Layout switch
            {
                "fields" => Panel.Create(times, [set.Asset ?? set.Name], names, data, availableAt),
                "assets" => Panel.Create(times, names, [set.Field ?? "close"], data, availableAt),
                _ => throw new DataException($"The data set '{set.Name}' has the layout '{set.Layout}'; known are "
                    + "'fields' and 'assets'."),
            };
        }
        catch (ArgumentException e)
        {
            throw new DataException($"{set.File}: {e.Message}", e);
        }
    }

    /// <summary>The first column that is a series.</summary>
    private static int FirstValue(DataSet set) => set.Time == "none" ? 0 : 1;

    private static void CheckHeader(DataSet set, LineReader lines)
    {
        if (set.Header is not (null or "replaced" or "none"))
        {
            throw new DataException($"The data set '{set.Name}' has the header '{set.Header}'; known are 'replaced' "
                + "and 'none'.");
        }

        if (set.Header == "none")
        {
            return;
        }

        IReadOnlyList<string> header = lines.TryRead(out ReadOnlySpan<byte> line) ? Fields.All(line, Comma) ?? [] : [];
        if (set.Header is null && !header.SequenceEqual(set.Columns, StringComparer.Ordinal))
        {
            throw new DataException($"{set.File}: the header is [{string.Join(", ", header)}]; the catalogue says "
                + $"[{string.Join(", ", set.Columns)}].");
        }
    }

    private static DateTime ReadTime(DataSet set, string text, long line) => TryReadTime(set, text, out DateTime time)
        ? time
        : throw new DataException($"{set.File}, line {line}: '{text}' is not a {set.Time}.");

    private static bool Ordinal(string text, out DateTime time)
    {
        bool read = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int n)
            && n is >= 1 and < 2_900_000;
        time = read ? DateTime.UnixEpoch.AddDays(n - 1) : default;
        return read;
    }

    private static double ReadNumber(DataSet set, ReadOnlySpan<byte> text, string column, long line)
    {
        if (text.IsEmpty || text.SequenceEqual("NA"u8))
        {
            return double.NaN;
        }

        int position = 0;
        if (FastNumber.TryRead(text, ref position, Comma, (byte)'.', out double value, out _, out _)
            && position == text.Length + 1)
        {
            return value;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value)
            ? value
            : throw new DataException($"{set.File}, line {line}, {column}: '{Encoding.UTF8.GetString(text)}' is not a "
                + "finite number.");
    }
}
