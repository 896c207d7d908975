using System.Text;

namespace FinML.Data.Tests.Loaders;

public sealed class LobsterFilesTests
{
    // The columns are those of LOBSTER's documentation; the first lines have the shape of its sample of AAPL.
    private const string Messages = "34200.004241176,1,16113575,18,5853300,1\n34200.004260640,1,16113584,18,5853200,1\n"
        + "34200.025551909,4,16113575,10,5853300,1\n34200.1,5,0,5,5855000,-1\n34200.2,3,16113584,18,5853200,1\n"
        + "34200.3,7,0,0,-1,-1\n";

    private const string Book = "5859400,200,5853300,18,5859800,200,-9999999999,0\n"
        + "5859400,200,5853300,18,5859800,200,5853200,18\n5859400,200,5853300,8,5859800,200,5853200,18\n"
        + "5859400,200,5853300,8,5859800,200,5853200,18\n5859400,200,5853300,8,9999999999,0,-9999999999,0\n"
        + "5859400,200,5853300,8,9999999999,0,-9999999999,0\n";

    private static readonly LobsterOptions s_options = new()
    {
        Symbol = "AAPL",
        Date = new DateOnly(2012, 6, 21),
        Levels = 2,
        Latency = TimeSpan.FromMicroseconds(50),
    };

    private static TextSource Text(string text, string name) => TextSource.OfBytes(Encoding.UTF8.GetBytes(text), name);

    private static List<LobsterEvent> Read(string messages, string book, LobsterOptions? options = null,
        LoadLog? log = null) =>
        [.. LobsterFiles.Read(Text(messages, "message.csv"), Text(book, "book.csv"), options ?? s_options, log)];

    [Fact]
    public void A_pair_is_read_line_beside_line()
    {
        List<LobsterEvent> events = Read(Messages, Book);
        FeedMessage first = events[0].Message;
        Assert.Equal(new DateTime(2012, 6, 21, 13, 30, 0).AddTicks(42412), first.Time); // 9:30 in summer
        Assert.Equal(first.Time.AddMicroseconds(50), first.AvailableAt);
        Assert.Equal((FeedMessageKind.Submission, 16113575L, 18.0, 585.33, Side.Buy),
            (first.Kind, first.OrderId, first.Size, first.Price, first.Side));
        Assert.Equal([new BookLevel(585.94, 200), new BookLevel(585.98, 200)], events[0].Book.Asks);
        Assert.Equal([new BookLevel(585.33, 18)], events[0].Book.Bids);
        Assert.Equal([1, 2, 2, 2, 1, 1], events.Select(e => e.Book.Bids.Count));
        Assert.Equal(FeedMessageKind.Halt, events[^1].Message.Kind);
        Assert.True(double.IsNaN(events[^1].Message.Price));
        Assert.All(events, e => Assert.Equal(e.Message.AvailableAt, e.Book.AvailableAt));
    }

    [Fact]
    public void An_execution_is_a_trade_of_the_other_side()
    {
        Trade[] trades = [.. LobsterFiles.Trades(Read(Messages, Book))];
        Assert.Equal([(585.33, 10.0, Side.Sell), (585.5, 5, Side.Buy)], trades.Select(t => (t.Price, t.Size, t.Side)));
    }

    [Theory]
    [InlineData("1,8,1,1,1,1", "1,1,0,0", "message.csv, line 1: the type is 8; it must be in [1, 7].")]
    [InlineData("1,1,1,1,1,0", "2,1,1,1", "the direction is 0")]
    [InlineData("1,1,1.5,1,1,1", "2,1,1,1", "the order is 1.5; it must be a whole number")]
    [InlineData("90000,1,1,1,1,1", "2,1,1,1", "the time is 90000")]
    [InlineData("1,1,1,1,1", "2,1,1,1", "ends before the direction")]
    [InlineData("1,1,1,1,1,1", "2,1,3,1", "book.csv, line 1: the bid 0.0003 is not below the ask 0.0002.")]
    [InlineData("1,1,1,1,1,1", "2,1,1", "ends before the size of the bid")]
    [InlineData("1,1,1,1,1,1", "3,1,-2,1", "above 0")]
    [InlineData("2,1,1,1,1,1\n1,1,1,1,1,1", "3,1,2,1\n3,1,2,1", "message.csv, line 2: the time is before")]
    [InlineData("1,1,1,1,1,1\n2,1,1,1,1,1", "3,1,2,1", "message.csv goes on")]
    public void A_bad_pair_is_refused_by_line(string messages, string book, string say) => Assert.Contains(say,
        Assert.Throws<DataException>(() => Read(messages, book, s_options with { Levels = 1 })).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("3,1,2,1,3,1,1,1")]
    [InlineData("3,1,2,1,4,1,2,1")]
    public void Levels_out_of_order_are_refused(string book) => Assert.Contains("worse than the level before",
        Assert.Throws<DataException>(() => Read("1,1,1,1,1,1", book)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_pair_with_a_bad_line_is_left_out_where_that_is_allowed()
    {
        LoadLog log = new(1);
        Assert.Equal(5, Read(Messages.Replace(",4,", ",9,", StringComparison.Ordinal), Book, log: log).Count);
        Assert.Equal((5L, 3L), (log.Rows, log.Problems[0].Row));
    }

    [Fact]
    public void Levels_are_cut_or_missed()
    {
        Assert.All(Read(Messages, Book, s_options with { Levels = 0 }), e => Assert.Empty(e.Book.Asks));
        Assert.Contains("has 2 levels; 3 are wanted", Assert.Throws<DataException>(() =>
            Read(Messages, Book, s_options with { Levels = 3 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Read(Messages, Book, s_options with { Levels = 201 }));
    }
}
