using System.Globalization;

namespace FinML.Data;

/// <summary>The values of a record under the field names that a panel of such records has.</summary>
public static class RecordFields
{
    /// <summary>The field of a price or size of a book: bid, bid_size, ask and ask_size of the best level, 1; bid_2,
    /// bid_size_2 and so on behind it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The level is below 1.</exception>
    public static string OfLevel(string what, int level)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(what);
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        return level == 1 ? what : string.Create(CultureInfo.InvariantCulture, $"{what}_{level}");
    }

    /// <summary>Reads the named fields of a record; a level that a book does not have is NaN.</summary>
    /// <exception cref="ArgumentException">A record of this kind has no such field, or there is not one value for each
    /// field.</exception>
    public static void Read(MarketData record, IReadOnlyList<string> fields, Span<double> values)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Count != values.Length)
        {
            throw new ArgumentException($"There is room for {values.Length} values of {fields.Count} fields.",
                nameof(values));
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (record switch
            {
                Bar bar => Of(bar, fields[i]),
                Quote quote => Of(quote, fields[i]),
                Trade trade => Of(trade, fields[i]),
                OrderBook book => Of(book, fields[i]),
                _ => null,
            }) ?? throw new ArgumentException($"A {record.GetType().Name} has no field '{fields[i]}'.", nameof(fields));
        }
    }

    private static double? Of(Bar bar, string field) => field switch
    {
        "open" => bar.Open,
        "high" => bar.High,
        "low" => bar.Low,
        "close" => bar.Close,
        "volume" => bar.Volume,
        _ => null,
    };

    private static double? Of(Quote quote, string field) => field switch
    {
        "bid" => quote.BidPrice,
        "bid_size" => quote.BidSize,
        "ask" => quote.AskPrice,
        "ask_size" => quote.AskSize,
        "mid" => quote.Mid,
        _ => null,
    };

    private static double? Of(Trade trade, string field) => field switch
    {
        "price" => trade.Price,
        "size" => trade.Size,
        "side" => trade.Side switch { Side.Buy => 1, Side.Sell => -1, _ => 0 },
        _ => null,
    };

    private static double? Of(OrderBook book, string field)
    {
        int level = 1;
        int end = field.LastIndexOf('_');
        if (end > 0 && int.TryParse(field.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int n)
            && n > 1)
        {
            level = n;
            field = field[..end];
        }

        return field switch
        {
            "bid" => At(book.Bids, level).Price,
            "bid_size" => At(book.Bids, level).Size,
            "ask" => At(book.Asks, level).Price,
            "ask_size" => At(book.Asks, level).Size,
            _ => null,
        };
    }

    private static BookLevel At(IReadOnlyList<BookLevel> side, int level) =>
        level <= side.Count ? side[level - 1] : new BookLevel(double.NaN, double.NaN);
}
