namespace FinML.Data;

/// <summary>
/// The tickers that a company traded under, from a LEAN map file: lines of a date and the ticker that was in force up
/// to it, the date included. The first line is the first day of trading, the last one the last.
/// </summary>
public sealed class LeanMapFile
{
    private readonly List<(DateOnly Until, string Ticker)> _rows;

    private LeanMapFile(List<(DateOnly, string)> rows) => _rows = rows;

    /// <summary>The first day of trading.</summary>
    public DateOnly First => _rows[0].Until;

    /// <summary>The last day of trading; 2050-12-31 where it goes on.</summary>
    public DateOnly Last => _rows[^1].Until;

    /// <summary>The ticker of a day, upper case; null before the first day and after the last.</summary>
    public string? TickerAt(DateOnly day)
    {
        if (day < First)
        {
            return null;
        }

        int row = _rows.FindIndex(r => r.Until >= day);
        return row < 0 ? null : _rows[row].Ticker;
    }

    /// <summary>Reads a map file: yyyyMMdd,ticker and perhaps the exchange.</summary>
    /// <exception cref="DataException">A line is not that, or the dates do not rise.</exception>
    public static LeanMapFile Read(TextSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        List<(DateOnly Until, string Ticker)> rows = [];
        using LineReader lines = new(source.Open(), source.Name, LoadLimits.Default);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty)
            {
                continue;
            }

            RecordLine record = new(line);
            DateOnly until = LeanTime.Date(ref record);
            string ticker = Fields.Text(record.Text("ticker")).ToUpperInvariant();
            if (string.IsNullOrWhiteSpace(ticker) || ticker.Length > 64)
            {
                record.Refuse($"the ticker '{Fields.Shorten(ticker)}' must have 1 to 64 characters.");
            }

            if (rows.Count > 0 && until <= rows[^1].Until)
            {
                record.Refuse($"the date {until:yyyy-MM-dd} does not follow {rows[^1].Until:yyyy-MM-dd}.");
            }

            if (record.Wrong is { } wrong)
            {
                throw new DataException($"{source.Name}, line {lines.Line}: {wrong}");
            }

            rows.Add((until, ticker));
        }

        return rows.Count > 0 ? new LeanMapFile(rows) : throw new DataException($"{source.Name} has no line.");
    }
}
