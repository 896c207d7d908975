namespace FinML.Data.Tests.Fuzz;

public sealed class LeanBarsFuzzTests() : LoaderFuzz(seed: 201)
{
    protected override IReadOnlyList<string> Honest { get; } =
    [
        "19980102 09:00,136300,137500,135000,136300,540700\n19980102 10:00,136300,148100,135600,144400,1974100\n"
            + "19980105 09:00,136300,137500,135000,136300,540700\n",
    ];

    protected override bool Load(byte[] file)
    {
        DateTime last = DateTime.MinValue;
        foreach (Bar bar in LeanBars.Read(TextSource.OfBytes(file), LeanOptions.Equity("X") with { Limits = Limits }))
        {
            Assert.True(bar.Time > last && bar.AvailableAt > bar.Time);
            Assert.True(bar.Low > 0 && bar.Low <= bar.Open && bar.Close <= bar.High && bar.Volume >= 0);
            last = bar.Time;
        }

        return true;
    }
}

public sealed class LeanQuoteBarsFuzzTests() : LoaderFuzz(seed: 202)
{
    protected override IReadOnlyList<string> Honest { get; } =
    [
        "20070101 21:00,1.31927,1.31955,1.3187,1.31935,0,1.32027,1.32055,1.3197,1.32035,0\n"
            + "20070101 22:00,1.31935,1.3202,1.31925,1.32,0,1.32035,1.3212,1.32025,1.321,0\n",
    ];

    protected override bool Load(byte[] file)
    {
        foreach (QuoteBar bar in LeanBars.ReadQuotes(TextSource.OfBytes(file),
            LeanOptions.Forex("X") with { Limits = Limits }))
        {
            Assert.True(bar.Bid.Low > 0 && bar.Ask.High >= bar.Ask.Low && bar.AvailableAt > bar.Time);
        }

        return true;
    }
}

public sealed class LeanTicksFuzzTests() : LoaderFuzz(seed: 203)
{
    protected override IReadOnlyList<string> Honest { get; } =
    [
        "14400688,491800,300,P,2000,0\n14581540,488700,2000,Q,20002020,0\n14585045,488700,100,Q,20002020,1\n",
        "14400152,0,0,494100,300,Q,1,0\n14400547,491800,300,0,0,P,1,0\n14400547,0,0,492000,3000,P,1,0\n",
    ];

    protected override bool Load(byte[] file)
    {
        LeanOptions options = LeanOptions.Equity("X") with { Date = new DateOnly(2013, 10, 7), Limits = Limits };
        TextSource source = TextSource.OfBytes(file);
        LoadLog log = new(1000);
        foreach (Trade trade in LeanTicks.ReadTrades(source, options, log))
        {
            Assert.True(trade.Price > 0 && trade.Size >= 0 && double.IsFinite(trade.Price));
        }

        foreach (Quote quote in LeanTicks.ReadQuotes(source, options, new LoadLog(1000)))
        {
            Assert.True(!(quote.BidPrice <= 0) && !(quote.AskPrice <= 0) && quote.BidSize >= 0);
        }

        Assert.All(log.Problems, p => Assert.True(p.Row > 0 && p.Message.EndsWith('.')));
        return log.Rows > 0;
    }
}

public sealed class LeanFactorFileFuzzTests() : LoaderFuzz(seed: 204)
{
    protected override IReadOnlyList<string> Honest { get; } =
    [
        "19980102,0.8613657,0.00892857,1\n20000620,0.8613657,0.00892857,101\n20050225,0.8613657,0.01785710,88.97\n"
            + "20120808,0.8613657,0.03571430,619.86\n20121106,0.8650639,0.03571430,582.86\n20501231,1,1,0",
    ];

    protected override bool Load(byte[] file)
    {
        DateOnly last = DateOnly.MinValue;
        foreach (CorporateAction action in LeanFactorFile.Read(TextSource.OfBytes(file), "X"))
        {
            Assert.True(action.ExDate >= last);
            Assert.True(action is StockSplit { NewForOld: > 0 } or CashDividend { Amount: > 0 });
            last = action.ExDate;
        }

        return true;
    }
}

public sealed class LeanMapFileFuzzTests() : LoaderFuzz(seed: 205)
{
    protected override IReadOnlyList<string> Honest { get; } = ["20040819,goog\n20140402,goog\n20501231,googl,Q\n"];

    protected override bool Load(byte[] file)
    {
        LeanMapFile map = LeanMapFile.Read(TextSource.OfBytes(file));
        Assert.True(map.First <= map.Last);
        Assert.NotNull(map.TickerAt(map.Last));
        Assert.NotNull(map.TickerAt(map.First));
        return true;
    }
}
