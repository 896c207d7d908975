namespace FinML.Data;

/// <summary>
/// Reads the bars of LEAN's data folder (minute, hour and daily; trades and quotes), one line after the other: raw
/// prices, as they were paid. Adjusting them for splits and dividends is <see cref="CorporateActions"/>', with the
/// actions of a <see cref="LeanFactorFile"/>.
/// </summary>
/// <remarks>
/// A line of trades is time, open, high, low, close, volume; one of quotes is time, bid open, high, low, close and
/// size, ask open, high, low, close and size. A bar is known when its period ends. Refused: lines that are not that,
/// times that do not rise, prices not above 0, a high and a low that do not enclose the bar, a negative volume.
/// </remarks>
public static class LeanBars
{
    /// <summary>Reads the bars of trades.</summary>
    /// <param name="source">The zip archive, or the text in it.</param>
    /// <param name="options">What the file does not say.</param>
    /// <param name="log">Gets what was refused; null: the first bad line is an error.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="DataException">The file cannot be read, or more lines are bad than the log allows.</exception>
    public static IEnumerable<Bar> Read(TextSource source, LeanOptions options, LoadLog? log = null) =>
        Read(source, options, log ?? new LoadLog(), TakeTrades);

    /// <summary>Reads the bars of quotes.</summary>
    /// <inheritdoc cref="Read(TextSource, LeanOptions, LoadLog?)"/>
    public static IEnumerable<QuoteBar> ReadQuotes(TextSource source, LeanOptions options, LoadLog? log = null) =>
        Read(source, options, log ?? new LoadLog(), TakeQuotes);

    private delegate T Take<T>(ref RecordLine record, string symbol, DateTime time, DateTime known, double scale);

    private static IEnumerable<T> Read<T>(TextSource source, LeanOptions options, LoadLog log, Take<T> take)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return Lines(source, options, log, take);
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
            DateTime local = LeanTime.Local(ref record, options.Date), time = LeanTime.Utc(local, options);
            string symbol = LeanTime.Symbol(ref record, local, options);
            if (record.Wrong is null && time <= last)
            {
                record.Refuse($"the time {BarChecks.Show(local)} does not follow that of the bar before.");
            }

            DateTime known = record.Wrong is null ? LeanTime.Utc(local + options.Period, options) : default;
            T bar = take(ref record, symbol, time, known, options.Scale);
            if (record.Wrong is { } wrong)
            {
                log.Refuse(source.Name, "line", lines.Line, wrong);
                continue;
            }

            last = time;
            log.Rows++;
            yield return bar;
        }
    }

    private static Bar TakeTrades(ref RecordLine record, string symbol, DateTime time, DateTime known, double scale)
    {
        Bar bar = TakeBar(ref record, symbol, time, known, scale, "volume");
        record.End(6);
        return bar;
    }

    private static QuoteBar TakeQuotes(ref RecordLine record, string symbol, DateTime time, DateTime known,
        double scale)
    {
        Bar bid = TakeBar(ref record, symbol, time, known, scale, "size of the bid");
        Bar ask = TakeBar(ref record, symbol, time, known, scale, "size of the ask");
        record.End(11);
        return new QuoteBar { Symbol = symbol, Time = time, AvailableAt = known, Bid = bid, Ask = ask };
    }

    private static Bar TakeBar(ref RecordLine record, string symbol, DateTime time, DateTime known, double scale,
        string size)
    {
        double open = record.Number("open") / scale, high = record.Number("high") / scale;
        double low = record.Number("low") / scale, close = record.Number("close") / scale;
        double volume = record.Number(size, 0, double.MaxValue);
        if (!(low > 0 && low <= open && low <= close && open <= high && close <= high && double.IsFinite(high)))
        {
            record.Refuse($"the bar {open}, {high}, {low}, {close} must be above 0 and within its high and low.");
        }

        return new Bar
        {
            Symbol = symbol,
            Time = time,
            AvailableAt = known,
            Open = open,
            High = high,
            Low = low,
            Close = close,
            Volume = volume,
        };
    }
}
