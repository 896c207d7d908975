namespace FinML.Data;

/// <summary>
/// Reads LOBSTER's pairs of files (lobsterdata.com; R. Huang and T. Polak, "LOBSTER: the limit order book
/// reconstructor", 2011), line beside line: a line of the message file says what happened, the same line of the book
/// file how the book stands after it.
/// </summary>
/// <remarks>
/// Message: seconds after midnight with up to nine decimals, type 1 to 7, order, size, price x 10,000, direction (1: a
/// buy order, -1: a sell order). Book: price and size of ask 1, of bid 1, of ask 2, ...; a level that nobody holds is
/// 9999999999 or -9999999999 with the size 0. Times are kept to the 100 nanoseconds of a .NET tick. Refused: lines that
/// are not that, times that fall, a book that is crossed or whose levels are not in order, files of different length.
/// </remarks>
public static class LobsterFiles
{
    private const double Scale = 10_000;
    private const long Nobody = 9_999_999_999;

    /// <summary>Reads the pair.</summary>
    /// <param name="messages">The message file.</param>
    /// <param name="book">The book file.</param>
    /// <param name="options">What the files do not say.</param>
    /// <param name="log">Gets what was refused; null: the first bad line is an error. A pair of lines of which one is
    /// bad is left out.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="DataException">A file cannot be read, or more lines are bad than the log allows.</exception>
    public static IEnumerable<LobsterEvent> Read(TextSource messages, TextSource book, LobsterOptions options,
        LoadLog? log = null)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return Lines(messages, book, options, log ?? new LoadLog());
    }

    /// <summary>The trades behind the executions: whoever took a visible or a hidden order is on the other side of it.
    /// </summary>
    public static IEnumerable<Trade> Trades(IEnumerable<LobsterEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        return events.Select(e => e.Message)
            .Where(m => m.Kind is FeedMessageKind.Execution or FeedMessageKind.HiddenExecution)
            .Select(m => new Trade
            {
                Symbol = m.Symbol,
                Venue = m.Venue,
                Time = m.Time,
                AvailableAt = m.AvailableAt,
                Price = m.Price,
                Size = m.Size,
                Side = m.Side == Side.Buy ? Side.Sell : Side.Buy,
            });
    }

    private static IEnumerable<LobsterEvent> Lines(TextSource messages, TextSource book, LobsterOptions options,
        LoadLog log)
    {
        using LineReader says = new(messages.Open(options.Limits), messages.Name, options.Limits);
        using LineReader stands = new(book.Open(options.Limits), book.Name, options.Limits);
        DateTime midnight = options.Date.ToDateTime(TimeOnly.MinValue), last = DateTime.MinValue;
        while (true)
        {
            bool said = says.TryRead(out ReadOnlySpan<byte> message);
            bool stood = stands.TryRead(out ReadOnlySpan<byte> levels);
            if (!said || !stood)
            {
                if (said != stood)
                {
                    TextSource shorter = said ? book : messages, longer = said ? messages : book;
                    log.Refuse(shorter.Name, "length", (said ? stands : says).Line,
                        $"the file ends here, and {longer.Name} goes on.");
                }

                yield break;
            }

            FeedMessage? read = TakeMessage(message, midnight, options, out string? wrong);
            OrderBook? after = read is null ? null : TakeBook(levels, read, options, out wrong);
            if (read is not null && after is not null && read.Time < last)
            {
                wrong = "the time is before that of the message before.";
            }

            if (wrong is not null)
            {
                log.Refuse(read is not null && after is null ? book.Name : messages.Name, "line", says.Line, wrong);
                continue;
            }

            last = read!.Time;
            log.Rows++;
            yield return new LobsterEvent(read, after!);
        }
    }

    private static FeedMessage? TakeMessage(ReadOnlySpan<byte> line, DateTime midnight, LobsterOptions options,
        out string? wrong)
    {
        RecordLine record = new(line);
        double seconds = record.Number("time", 0, 86_400);
        var kind = (FeedMessageKind)record.Whole("type", 1, 7);
        long order = record.Whole("order", 0, 1L << 53);
        double size = record.Number("size", 0, 1e12);
        bool halt = kind == FeedMessageKind.Halt;
        double price = record.Number("price", halt ? -1 : 1, 1e13); // of a halt -1, 0 or 1: what it means, no price
        long direction = record.Whole("direction", -1, 1);
        if (direction == 0)
        {
            record.Refuse("the direction is 0; it must be -1 or 1.");
        }

        // LOBSTER's newer files name the market participant in a seventh column.
        if (record.HasMore)
        {
            record.Text("participant");
        }

        record.End(7);
        wrong = record.Wrong;
        if (wrong is not null)
        {
            return null;
        }

        DateTime time = NewYorkTime.ToUtc(midnight.AddTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond)));
        return new FeedMessage
        {
            Symbol = options.Symbol,
            Venue = "NASDAQ",
            Time = time,
            AvailableAt = time + options.Latency,
            Kind = kind,
            OrderId = order,
            Size = size,
            Price = halt ? double.NaN : price / Scale,
            Side = direction > 0 ? Side.Buy : Side.Sell,
        };
    }

    private static OrderBook? TakeBook(ReadOnlySpan<byte> line, FeedMessage message, LobsterOptions options,
        out string? wrong)
    {
        RecordLine record = new(line);
        List<BookLevel> asks = new(options.Levels), bids = new(options.Levels);
        int level = 0;
        for (; record.HasMore && record.Wrong is null; level++)
        {
            TakeLevel(ref record, asks, "ask", level < options.Levels, 1);
            TakeLevel(ref record, bids, "bid", level < options.Levels, -1);
        }

        if (level < options.Levels)
        {
            record.Refuse($"the book has {level} levels; {options.Levels} are wanted.");
        }

        if (asks.Count > 0 && bids.Count > 0 && bids[0].Price >= asks[0].Price)
        {
            record.Refuse($"the bid {bids[0].Price} is not below the ask {asks[0].Price}.");
        }

        wrong = record.Wrong;
        return wrong is not null ? null : new OrderBook
        {
            Symbol = message.Symbol,
            Venue = message.Venue,
            Time = message.Time,
            AvailableAt = message.AvailableAt,
            Bids = bids,
            Asks = asks,
        };
    }

    /// <summary>Takes one level; it has to be worse than the one before it: sign is 1 where prices rise.</summary>
    private static void TakeLevel(ref RecordLine record, List<BookLevel> levels, string side, bool keep, int sign)
    {
        long price = record.Whole(side, -Nobody, Nobody);
        double size = record.Number($"size of the {side}", 0, 1e12);
        if (record.Wrong is not null || Math.Abs(price) == Nobody || !keep)
        {
            return;
        }

        if (price <= 0 || (levels.Count > 0 && sign * (price / Scale - levels[^1].Price) <= 0))
        {
            record.Refuse($"the {side} {price} must be above 0 and worse than the level before it.");
            return;
        }

        levels.Add(new BookLevel(price / Scale, size));
    }
}
