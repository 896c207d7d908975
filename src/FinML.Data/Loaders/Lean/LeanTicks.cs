using System.Globalization;

namespace FinML.Data;

/// <summary>
/// Reads a day of LEAN's ticks, one line after the other. A trade is milliseconds after midnight, price, size,
/// exchange, condition, suspicious; a quote is milliseconds, bid, its size, ask, its size, exchange, condition,
/// suspicious, and 0 is the price of the side that the exchange did not change.
/// </summary>
/// <remarks>Refused: lines that are not that, times that fall, negative prices or sizes, a trade at 0. Ticks that are
/// marked as suspicious are left out, and counted.</remarks>
public static class LeanTicks
{
    /// <summary>Reads the trades.</summary>
    /// <param name="source">The zip archive, or the text in it.</param>
    /// <param name="options">What the file does not say; without a day, the archive's entry tells it
    /// (20131007_ibm_Trade_Tick.csv).</param>
    /// <param name="log">Gets what was refused; null: the first bad line is an error.</param>
    /// <exception cref="ArgumentException">An option is outside its range, or nothing tells the day.</exception>
    /// <exception cref="DataException">The file cannot be read, or more lines are bad than the log allows.</exception>
    public static IEnumerable<Trade> ReadTrades(TextSource source, LeanOptions options, LoadLog? log = null) =>
        Read(source, options, log ?? new LoadLog(), TakeTrade);

    /// <summary>Reads the quotes; the price of a side that did not change is NaN.</summary>
    /// <inheritdoc cref="ReadTrades"/>
    public static IEnumerable<Quote> ReadQuotes(TextSource source, LeanOptions options, LoadLog? log = null) =>
        Read(source, options, log ?? new LoadLog(), TakeQuote);

    private delegate T Take<T>(ref RecordLine record, string symbol, DateTime time, double scale, out bool suspicious);

    private static IEnumerable<T> Read<T>(TextSource source, LeanOptions options, LoadLog log, Take<T> take)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return Lines(source, options with { Date = options.Date ?? DayOf(source) }, log, take);
    }

    private static DateOnly DayOf(TextSource source)
    {
        IReadOnlyList<string> entries = source.Entries();
        string name = entries.Count == 1 ? Path.GetFileName(entries[0]) : source.Name;
        return DateOnly.TryParseExact(name[..Math.Min(8, name.Length)], "yyyyMMdd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out DateOnly day)
            ? day
            : throw new ArgumentException($"The name {name} does not begin with a day as yyyyMMdd; give the day in the "
                + "options.", nameof(source));
    }

    private static IEnumerable<T> Lines<T>(TextSource source, LeanOptions options, LoadLog log, Take<T> take)
    {
        using LineReader lines = new(source.Open(options.Limits), source.Name, options.Limits);
        DateTime last = DateTime.MinValue;
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty)
            {
                continue;
            }

            RecordLine record = new(line);
            DateTime local = LeanTime.Local(ref record, options.Date);
            DateTime time = LeanTime.Utc(local, options);
            string symbol = LeanTime.Symbol(ref record, local, options);
            T tick = take(ref record, symbol, time, options.Scale, out bool suspicious);
            if (time < last)
            {
                record.Refuse("the time is before that of the tick before.");
            }

            if (record.Wrong is { } wrong)
            {
                log.Refuse(source.Name, "line", lines.Line, wrong);
                continue;
            }

            last = time;
            if (suspicious && !options.KeepSuspicious)
            {
                log.Repair("a tick that the exchange marked as suspicious is left out");
                continue;
            }

            log.Rows++;
            yield return tick;
        }
    }

    private static Trade TakeTrade(ref RecordLine record, string symbol, DateTime time, double scale,
        out bool suspicious)
    {
        double price = record.Number("price", 0, double.MaxValue) / scale;
        double size = record.Number("size", 0, double.MaxValue);
        string venue = Venue(ref record, out suspicious);
        record.End(6);
        if (price <= 0)
        {
            record.Refuse("the price is 0; it must be above 0.");
        }

        return new Trade
        {
            Symbol = symbol,
            Venue = venue,
            Time = time,
            AvailableAt = time,
            Price = price,
            Size = size,
        };
    }

    private static Quote TakeQuote(ref RecordLine record, string symbol, DateTime time, double scale,
        out bool suspicious)
    {
        double bid = record.Number("bid", 0, double.MaxValue);
        double bidSize = record.Number("bid's size", 0, double.MaxValue);
        double ask = record.Number("ask", 0, double.MaxValue);
        double askSize = record.Number("ask's size", 0, double.MaxValue);
        string venue = Venue(ref record, out suspicious);
        record.End(8);
        return new Quote
        {
            Symbol = symbol,
            Venue = venue,
            Time = time,
            AvailableAt = time,
            BidPrice = bid > 0 ? bid / scale : double.NaN,
            BidSize = bidSize,
            AskPrice = ask > 0 ? ask / scale : double.NaN,
            AskSize = askSize,
        };
    }

    private static string Venue(ref RecordLine record, out bool suspicious)
    {
        ReadOnlySpan<byte> venue = record.Text("exchange");
        record.Text("condition");
        suspicious = record.Whole("suspicious", 0, 1) == 1;
        return venue.Length == 1 && char.IsAsciiLetterUpper((char)venue[0]) ? s_letters[venue[0] - 'A']
            : Fields.Shorten(venue);
    }

    private static readonly string[] s_letters = [.. Enumerable.Range('A', 26).Select(c => ((char)c).ToString())];
}
