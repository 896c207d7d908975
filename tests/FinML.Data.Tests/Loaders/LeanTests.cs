using System.Text;
using FinML.Tests;

namespace FinML.Data.Tests.Loaders;

public sealed class LeanTests
{
    private static TextSource Text(string text, string name = "x.csv") =>
        TextSource.OfBytes(Encoding.UTF8.GetBytes(text), name);

    [Fact]
    public void A_bar_has_unscaled_prices_and_is_known_at_its_end()
    {
        Bar[] bars = [.. LeanBars.Read(
            Text("19980102 09:00,136300,137500,135000,136300,540700\n19980702 15:00,136300,148100,135600,144400,7\n"),
            LeanOptions.Equity("AAPL"))];
        Assert.Equal(new DateTime(1998, 1, 2, 14, 0, 0), bars[0].Time); // winter: five hours
        Assert.Equal(new DateTime(1998, 7, 2, 20, 0, 0), bars[1].AvailableAt); // summer: four, and the hour itself
        Assert.Equal((13.63, 13.75, 13.5, 13.63, 540700.0),
            (bars[0].Open, bars[0].High, bars[0].Low, bars[0].Close, bars[0].Volume));
        Assert.All(bars, b => Assert.Equal("AAPL", b.Symbol));
    }

    [Fact]
    public void A_bar_of_quotes_has_a_bid_and_an_ask()
    {
        QuoteBar bar = LeanBars.ReadQuotes(
            Text("20070101 21:00,1.31927,1.31955,1.3187,1.31935,0,1.32027,1.32055,1.3197,1.32035,0\n"),
            LeanOptions.Forex("EURUSD")).Single();
        Assert.Equal(new DateTime(2007, 1, 1, 21, 0, 0), bar.Time);
        Assert.Equal((1.3187, 1.32035), (bar.Bid.Low, bar.Ask.Close));
    }

    [Theory]
    [InlineData("19980102 09:00,1,2,1,1,5\n19980102 09:00,1,2,1,1,5\n", 2, "does not follow")]
    [InlineData("19980102 09:00,1,2,1,1\n", 1, "ends before the volume")]
    [InlineData("19980102 09:00,1,2,1,1,5,6\n", 1, "more than 6")]
    [InlineData("19980102 09:00,1,2,3,1,5\n", 1, "within its high and low")]
    [InlineData("19980102 09:00,0,2,0,1,5\n", 1, "above 0")]
    [InlineData("19980102 09:00,1,2,1,1,-5\n", 1, "the volume is -5; it must be in")]
    [InlineData("19980102 09:00,1,x,1,1,5\n", 1, "the high 'x' is not a number")]
    [InlineData("19980132 09:00,1,2,1,1,5\n", 1, "not a time as yyyyMMdd HH:mm")]
    [InlineData("19980102 09:00,1,2,1,1,5\n\n19980102 24:00,1,2,1,1,5\n", 3, "not a time")]
    public void A_bad_line_is_refused_by_number(string text, int line, string say)
    {
        DataException e = Assert.Throws<DataException>(() =>
            LeanBars.Read(Text(text), LeanOptions.Equity("X")).ToList());
        Assert.StartsWith($"x.csv, line {line}: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(say, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_lines_are_counted_where_that_is_allowed()
    {
        LoadLog log = new(maximumRefusals: 1);
        const string text = "19980102 09:00,1,2,1,1,5\nnonsense\n19980102 10:00,1,2,1,1,5\n";
        Assert.Equal(2, LeanBars.Read(Text(text), LeanOptions.Equity("X"), log).Count());
        LoadReport report = log.ReportOf("x.csv");
        Assert.Equal((2L, 1L), (report.Rows, report.ProblemCount));
        Assert.Equal(2, report.Problems[0].Row);
    }

    [Fact]
    public void The_map_gives_the_ticker_of_the_day()
    {
        LeanMapFile map = LeanMapFile.Read(Text("20040819,goog\n20140402,goog\n20501231,googl,Q\n", "googl.csv"));
        Assert.Null(map.TickerAt(new DateOnly(2004, 8, 18)));
        Assert.Equal("GOOG", map.TickerAt(new DateOnly(2014, 4, 2)));
        Assert.Equal("GOOGL", map.TickerAt(new DateOnly(2014, 4, 3)));
        LeanOptions options = LeanOptions.Equity("GOOGL") with { Map = map };
        Assert.Equal(["GOOG", "GOOGL"], LeanBars.Read(
            Text("20140402 15:00,1,2,1,1,5\n20140403 09:00,1,2,1,1,5\n"), options).Select(b => b.Symbol));
        Assert.Contains("outside the life", Assert.Throws<DataException>(() =>
            LeanBars.Read(Text("20030102 09:00,1,2,1,1,5\n"), options).ToList()).Message, StringComparison.Ordinal);
        Assert.Throws<DataException>(() => LeanMapFile.Read(Text("20140402,a\n20140402,b\n")));
        Assert.Throws<DataException>(() => LeanMapFile.Read(Text("")));
    }

    [Fact]
    public void Ticks_have_the_day_of_their_entry_and_suspicious_ones_are_left_out()
    {
        byte[] zip = Archives.Zip(("20131007_aig_Trade_Tick.csv",
            Encoding.UTF8.GetBytes("14400688,491800,300,P,2000,0\n14581540,1,2000,Q,20002020,1\n")));
        LoadLog log = new();
        Trade trade = LeanTicks.ReadTrades(TextSource.OfBytes(zip), LeanOptions.Equity("AIG"), log).Single();
        Assert.Equal(new DateTime(2013, 10, 7, 8, 0, 0).AddMilliseconds(688), trade.Time); // 4:00:00.688 in summer
        Assert.Equal((49.18, 300.0, "P"), (trade.Price, trade.Size, trade.Venue));
        Assert.Equal(1, log.ReportOf("x").Repairs.Single().Value);
        Assert.Equal(2, LeanTicks.ReadTrades(TextSource.OfBytes(zip),
            LeanOptions.Equity("AIG") with { KeepSuspicious = true }).Count());
    }

    [Fact]
    public void A_quote_that_changes_one_side_has_no_price_on_the_other()
    {
        LeanOptions options = LeanOptions.Equity("AIG") with { Date = new DateOnly(2013, 10, 7) };
        Quote quote = LeanTicks.ReadQuotes(Text("14400152,0,0,494100,300,Q,1,0\n"), options).Single();
        Assert.Equal((double.NaN, 49.41, 300.0), (quote.BidPrice, quote.AskPrice, quote.AskSize));
        Assert.Throws<ArgumentException>(() => LeanTicks.ReadQuotes(Text(""), LeanOptions.Equity("AIG")));
        Assert.Throws<DataException>(() =>
            LeanTicks.ReadQuotes(Text("2,1,1,2,1,Q,1,0\n1,1,1,2,1,Q,1,0\n"), options).ToList());
    }

    [SkippableFact]
    public void Apples_file_has_23_years_of_hours() // rows, last bar: unzip -p | awk 'END {print NR, $0}'
    {
        Bar[] bars = [.. LeanBars.Read(TextSource.OfFile(PublicData.Require("lean_aapl_hour_1998_2021.zip")),
            LeanOptions.Equity("AAPL"))];
        Assert.Equal(40831, bars.Length);
        Assert.Equal((122.15, 34293947.0), (bars[^1].Close, bars[^1].Volume));
        Assert.All(bars, b => Assert.True(NyseCalendar.Instance.IsOpen(DateOnly.FromDateTime(b.Time))));
    }

    [SkippableFact]
    public void Ticks_of_the_7th_of_October_2013() // counts and volumes: unzip -p | awk
    {
        Assert.Equal((25351, 5300449.0), Count("lean_aig_20131007_trade_ticks.zip"));
        Assert.Equal((24293, 3960352.0), Count("lean_ibm_20131007_trade_ticks.zip"));
        LoadLog log = new();
        Quote[] quotes = [.. LeanTicks.ReadQuotes(
            TextSource.OfFile(PublicData.Require("lean_ibm_20131007_quote_ticks.zip")), LeanOptions.Equity("IBM"),
            log)];
        Assert.Equal((109_066, 1L), (quotes.Length, log.ReportOf("x").Repairs.Single().Value));

        static (int, double) Count(string file)
        {
            Trade[] trades = [.. LeanTicks.ReadTrades(TextSource.OfFile(PublicData.Require(file)),
                LeanOptions.Equity("X"))];
            return (trades.Length, trades.Sum(t => t.Size));
        }
    }

    [SkippableFact]
    public void The_euros_hours_are_in_the_week_of_foreign_exchange()
    {
        QuoteBar[] bars = [.. LeanBars.ReadQuotes(TextSource.OfFile(PublicData.Require("lean_eurusd_hour_quote.zip")),
            LeanOptions.Forex("EURUSD"))];
        Assert.Equal(74_439, bars.Length);
        int inside = bars.Count(b => FxCalendar.Instance.IsOpenAt(b.Time));
        Assert.True(inside > 0.99 * bars.Length, $"{inside} of {bars.Length}");
    }
}
