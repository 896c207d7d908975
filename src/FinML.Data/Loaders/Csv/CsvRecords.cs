namespace FinML.Data;

/// <summary>
/// Reads a CSV file into records, one line after the other, so that a file larger than memory passes through: bars
/// (of one asset, or tidy with a symbol), trades and quotes, their columns found by their usual names.
/// </summary>
/// <remarks>
/// How the file writes dates and numbers has to be known before the first record leaves; where the options do not say
/// it, the file is read through once before. Records come as the file has them: in its order, refused by line where
/// they cannot be read or cannot be (a price not above 0, a high below the low).
/// </remarks>
public static class CsvRecords
{
    private static readonly (string Field, string[] Names)[] s_bar =
    [
        ("open", ["open", "openprice", "o"]), ("high", ["high", "highprice", "h"]), ("low", ["low", "lowprice", "l"]),
        ("close", ["close", "closeprice", "c", "last"]), ("volume?", ["volume", "vol", "v"]),
    ];

    private static readonly (string Field, string[] Names)[] s_trade =
    [
        ("price", ["price", "p", "last", "tradeprice"]),
        ("size", ["size", "volume", "vol", "qty", "quantity", "amount", "q"]),
    ];

    private static readonly (string Field, string[] Names)[] s_quote =
    [
        ("bid", ["bid", "bidprice", "bestbid", "bestbidprice"]),
        ("ask", ["ask", "askprice", "bestask", "bestaskprice"]),
        ("bidsize?", ["bidsize", "bidvolume", "bidqty", "bestbidqty"]),
        ("asksize?", ["asksize", "askvolume", "askqty", "bestaskqty"]),
    ];

    private static readonly string[] s_sides = ["side", "direction", "aggressor", "takerside"];

    /// <summary>Reads bars: a time, open, high, low, close, perhaps a volume and a symbol.</summary>
    /// <param name="source">The file.</param>
    /// <param name="options">How to read it; the asset's name where there is no symbol. A record is known
    /// <see cref="CsvOptions.AvailableAfter"/> its time, a bar a day after it where that is null.</param>
    /// <param name="log">Gets what was refused; null: the first bad line is an error.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="DataException">The file cannot be read, lacks a column, or more lines are bad than the log
    /// allows.</exception>
    public static IEnumerable<Bar> ReadBars(TextSource source, CsvOptions? options = null, LoadLog? log = null) =>
        Read(source, options, log, s_bar, TimeSpan.FromDays(1), (head, x, _) => new Bar
        {
            Symbol = head.Symbol,
            Time = head.Time,
            AvailableAt = head.Known,
            Open = x[0],
            High = x[1],
            Low = x[2],
            Close = x[3],
            Volume = x.Length > 4 ? x[4] : double.NaN,
        }, WrongBar);

    /// <summary>Reads trades: a time, a price, a size, perhaps a side (buy or sell, b or s, 1 or -1) and a symbol.
    /// </summary>
    /// <inheritdoc cref="ReadBars"/>
    public static IEnumerable<Trade> ReadTrades(TextSource source, CsvOptions? options = null, LoadLog? log = null) =>
        Read(source, options, log, s_trade, TimeSpan.Zero, (head, x, side) => new Trade
        {
            Symbol = head.Symbol,
            Time = head.Time,
            AvailableAt = head.Known,
            Price = x[0],
            Size = x[1],
            Side = side,
        }, x => x[0] > 0 && x[1] >= 0 ? null : $"the price {x[0]} must be above 0 and the size {x[1]} 0 or more.");

    /// <summary>Reads quotes: a time, the bid and the ask, perhaps their sizes and a symbol; a missing price is a side
    /// that nobody quotes.</summary>
    /// <inheritdoc cref="ReadBars"/>
    public static IEnumerable<Quote> ReadQuotes(TextSource source, CsvOptions? options = null, LoadLog? log = null) =>
        Read(source, options, log, s_quote, TimeSpan.Zero, (head, x, _) => new Quote
        {
            Symbol = head.Symbol,
            Time = head.Time,
            AvailableAt = head.Known,
            BidPrice = x[0],
            AskPrice = x[1],
            BidSize = x.Length > 2 ? x[2] : double.NaN,
            AskSize = x.Length > 3 ? x[3] : double.NaN,
        }, x => x[0] <= 0 || x[1] <= 0 ? $"the bid {x[0]} and the ask {x[1]} must be above 0." : null);

    private readonly record struct Head(string Symbol, DateTime Time, DateTime Known);

    private static string? WrongBar(double[] x) =>
        x[2] > 0 && x[2] <= x[0] && x[2] <= x[3] && x[0] <= x[1] && x[3] <= x[1] && !(x.Length > 4 && x[4] < 0) ? null
        : $"the bar {string.Join(", ", x)} must be above 0 and within its high and low.";

    private static IEnumerable<T> Read<T>(TextSource source, CsvOptions? options, LoadLog? log,
        (string Field, string[] Names)[] wanted, TimeSpan lag, Func<Head, double[], Side, T> make,
        Func<double[], string?> wrong)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new CsvOptions();
        options.Validate();
        return Lines(source, options, log ?? new LoadLog(), wanted, options.AvailableAfter ?? lag, make, wrong);
    }

    private static IEnumerable<T> Lines<T>(TextSource source, CsvOptions options, LoadLog log,
        (string Field, string[] Names)[] wanted, TimeSpan lag, Func<Head, double[], Side, T> make,
        Func<double[], string?> wrong)
    {
        RowReader.Assumptions assumed = Learn(source, options, wanted);
        using LineReader lines = new(source.Open(options.Limits), source.Name, options.Limits);
        LoadLog own = new();
        (RowReader rows, CsvDialect dialect) = Open(source, lines, options, wanted, assumed, own);
        string symbol = options.Asset;
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (Fields.IsBlank(line, dialect.Separator))
            {
                continue;
            }

            string? why = rows.TryRead(line, lines.Line) ? wrong(rows.Values) : own.LastProblem;
            if (why is null && rows.HasSymbol && !Is(symbol, rows.Symbol(line)))
            {
                symbol = Fields.Text(rows.Symbol(line));
                why = symbol.Length is 0 or > 64 || symbol.Contains('\uFFFD', StringComparison.Ordinal)
                    ? "the symbol must have 1 to 64 characters of UTF-8." : null;
            }

            Side side = Side.Unknown;
            if (why is null && rows.HasField && !TrySide(rows.Field(line), out side))
            {
                why = $"'{Fields.Shorten(rows.Field(line))}' is not a side.";
            }

            if (why is not null)
            {
                log.Refuse(source.Name, "line", lines.Line, why);
                continue;
            }

            log.Rows++;
            DateTime time = new(rows.Ticks, DateTimeKind.Utc);
            DateTime known = new(time.Ticks + Math.Min(lag.Ticks, DateTime.MaxValue.Ticks - time.Ticks),
                DateTimeKind.Utc);
            yield return make(new Head(symbol, time, known), rows.Values, side);
        }
    }

    /// <summary>Reads the file through until nothing that is assumed of dates and numbers falls.</summary>
    private static RowReader.Assumptions Learn(TextSource source, CsvOptions options,
        (string Field, string[] Names)[] wanted)
    {
        RowReader.Assumptions assumed = RowReader.Assumptions.First;
        while (true)
        {
            LoadLog log = new(long.MaxValue);
            using LineReader lines = new(source.Open(options.Limits), source.Name, options.Limits);
            (RowReader rows, CsvDialect dialect) = Open(source, lines, options, wanted, assumed, log);
            while (!rows.Again && !rows.Torn && lines.TryRead(out ReadOnlySpan<byte> line))
            {
                if (!Fields.IsBlank(line, dialect.Separator))
                {
                    rows.TryRead(line, lines.Line);
                }
            }

            if (!rows.Again || rows.Torn)
            {
                rows.Close();
                return log.IsHopeless ? throw new DataException($"{source.Name}: {log.LastProblem}") : assumed;
            }

            assumed = rows.Next;
        }
    }

    private static (RowReader Rows, CsvDialect Dialect) Open(TextSource source, LineReader lines, CsvOptions options,
        (string Field, string[] Names)[] wanted, RowReader.Assumptions assumed, LoadLog log)
    {
        CsvDialect dialect = CsvDialect.Detect(lines, options, source.Name);
        ColumnMap map = ColumnMap.OfRecord(dialect, options, wanted, s_sides, log)
            ?? throw new DataException($"{source.Name}: {log.LastProblem}");
        return (new RowReader(map, dialect.Separator, options, assumed, log), dialect);
    }

    private static bool Is(string symbol, ReadOnlySpan<byte> text)
    {
        Span<char> characters = stackalloc char[64];
        return text.Length <= 64 && System.Text.Encoding.UTF8.TryGetChars(text, characters, out int count)
            && symbol.AsSpan().SequenceEqual(characters[..count]);
    }

    private static bool TrySide(ReadOnlySpan<byte> text, out Side side)
    {
        side = Fields.Shorten(text).ToUpperInvariant() switch
        {
            "BUY" or "B" or "1" or "BID" => Side.Buy,
            "SELL" or "S" or "-1" or "ASK" => Side.Sell,
            _ => Side.Unknown,
        };
        return side != Side.Unknown || NumberReader.IsMissing(text);
    }
}
