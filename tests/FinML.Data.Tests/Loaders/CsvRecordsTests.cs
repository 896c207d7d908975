using System.Text;

namespace FinML.Data.Tests.Loaders;

public sealed class CsvRecordsTests
{
    private static TextSource Text(string text) => TextSource.OfBytes(Encoding.UTF8.GetBytes(text), "x.csv");

    [Fact]
    public void Bars_of_several_symbols()
    {
        Bar[] bars = [.. CsvRecords.ReadBars(Text("Date;Symbol;Open;High;Low;Close;Vol\n"
            + "02.01.2020;AA;1,5;2;1;1,75;100\n13.01.2020;BB;3;3;3;3;\n"))]; // comma and day first, told by the file
        Assert.Equal([("AA", 1.5, 100.0), ("BB", 3, double.NaN)], bars.Select(b => (b.Symbol, b.Open, b.Volume)));
        Assert.Equal([new DateTime(2020, 1, 2), new DateTime(2020, 1, 13)], bars.Select(b => b.Time));
        Assert.Equal(new DateTime(2020, 1, 3), bars[0].AvailableAt);
    }

    [Fact]
    public void Trades_and_quotes()
    {
        Trade[] trades = [.. CsvRecords.ReadTrades(
            Text("timestamp,price,qty,side\n2020-01-02T10:00:00.000001Z,7,2,buy\n2020-01-02T10:00:01Z,8,1,S\n"),
            new CsvOptions { Asset = "BTC", AvailableAfter = TimeSpan.FromMilliseconds(1) })];
        Assert.Equal([("BTC", 7.0, 2.0, Side.Buy), ("BTC", 8, 1, Side.Sell)],
            trades.Select(t => (t.Symbol, t.Price, t.Size, t.Side)));
        Assert.Equal(10, trades[0].Time.TimeOfDay.Ticks % TimeSpan.TicksPerSecond);
        Assert.Equal(trades[0].Time.AddMilliseconds(1), trades[0].AvailableAt);
        Quote quote = CsvRecords.ReadQuotes(Text("time,ask,bid,bidsize\n2020-01-02 10:00,,7,5\n")).Single();
        Assert.Equal((7.0, double.NaN, 5.0), (quote.BidPrice, quote.AskPrice, quote.BidSize));
    }

    [Theory]
    [InlineData("date,open,high,low,close\n2020-01-02,1,2,1,3\n", "x.csv, line 2: the bar 1, 2, 1, 3")]
    [InlineData("date,open,high,low,close\n2020-01-02,1,2,1\n", "line 2: there are 4 values for 5 columns")]
    [InlineData("date,open,high,low\n2020-01-02,1,2,1\n", "no column of the close")]
    [InlineData("date,open,high,low,close\n03/04/2020,1,2,1,1\n", "--date-order")]
    [InlineData("date,open,high,low,close\n2020-13-02,1,2,1,1\n", "not a date")]
    public void What_cannot_be_is_refused_by_line(string text, string say) => Assert.Contains(say,
        Assert.Throws<DataException>(() => CsvRecords.ReadBars(Text(text)).ToList()).Message, StringComparison.Ordinal);

    [Fact]
    public void Bad_lines_are_counted_where_that_is_allowed()
    {
        LoadLog log = new(2);
        const string text = "time,price,size\n2020-01-02 10:00,7,1\n2020-01-02 10:01,-7,1\nx,7,1\n"
            + "2020-01-02 10:02,7,1\n";
        Assert.Equal(2, CsvRecords.ReadTrades(Text(text), log: log).Count());
        Assert.Equal([3L, 4L], log.Problems.Select(p => p.Row));
        Assert.Equal(2, log.Rows);
    }
}
