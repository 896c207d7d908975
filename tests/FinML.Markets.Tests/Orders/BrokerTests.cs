using FinML.Data;

namespace FinML.Markets.Tests.Orders;

public sealed class BrokerTests
{
    private static readonly DateTime Start = new(2001, 2, 5, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void NothingTradesAtAPriceThatItsDecisionSaw()
    {
        Broker broker = Make();
        broker.OnBar(0, DayBar(0, 100));
        broker.Submit(Order.Market(0, 1, Start.AddDays(1))); // decided when that bar became known
        Assert.Empty(broker.OnBar(0, DayBar(0, 100)));
        Assert.Equal(103, Assert.Single(broker.OnBar(0, DayBar(1, 103))).Price);
        broker.Submit(Order.Market(0, 1, Start));
        Assert.Empty(broker.OnQuote(0, Quote(0, 100, 5)));
        Assert.Single(broker.OnQuote(0, Quote(1, 100, 5)));

        // A bar that is a moment: known when it begins.
        broker.Submit(Order.Market(0, 1, Start.AddDays(3)));
        Assert.Empty(broker.OnBar(0, DayBar(3, 100) with { AvailableAt = Start.AddDays(3) }));
        Assert.Single(broker.OnBar(0, DayBar(4, 100) with { AvailableAt = Start.AddDays(4) }));
    }

    [Fact]
    public void LatencyPassesBeforeAnOrderIsThere()
    {
        Broker broker = Make(latency: TimeSpan.FromSeconds(3));
        broker.Submit(Order.Market(0, 1, Start));
        Assert.Empty(broker.OnQuote(0, Quote(1, 100, 5)));
        Assert.Empty(broker.OnQuote(0, Quote(2, 100, 5)));
        Assert.Single(broker.OnQuote(0, Quote(3, 100, 5)));
    }

    [Fact]
    public void APartIsFilledAndTheRestStandsWaitsOrEnds()
    {
        Broker broker = Make(participation: 0.01); // 10 of 1,000
        long day = broker.Submit(Order.Market(0, 15, Start));
        long good = broker.Submit(Order.Market(0, 12, Start, TimeInForce.GoodTillCancelled));
        Assert.Equal([10.0], broker.OnBar(0, DayBar(0, 100)).Select(fill => fill.Quantity));
        Assert.Equal([day, good], broker.OpenOrders.Select(order => order.Id));
        Assert.Equal([10.0], broker.OnBar(0, DayBar(1, 100)).Select(fill => fill.Quantity)); // the day order is over
        Assert.Equal([2.0], broker.OnBar(0, DayBar(2, 100)).Select(fill => fill.Quantity));
        long now = broker.Submit(Order.Market(0, -25, Start.AddDays(3), TimeInForce.ImmediateOrCancel));
        Assert.Equal([-10.0], broker.OnBar(0, DayBar(3, 100)).Select(fill => fill.Quantity));
        Assert.Empty(broker.OpenOrders);
        OrderEvent Last(long id) => broker.Log.Last(line => line.OrderId == id);
        Assert.Equal((OrderEventKind.Expired, 10.0), (Last(day).Kind, Last(day).Allowed));
        Assert.Equal(OrderEventKind.Filled, Last(good).Kind);
        Assert.Equal((OrderEventKind.Cancelled, -10.0), (Last(now).Kind, Last(now).Allowed));
        Assert.Equal(12, broker.Portfolio.Quantity(0), 12);
    }

    [Fact]
    public void AStopThatWasReachedStaysReached()
    {
        Broker broker = Make(participation: 0.01);
        broker.Submit(Order.Stop(0, 15, 105, Start, TimeInForce.GoodTillCancelled));
        Assert.Empty(broker.OnBar(0, DayBar(0, 100, high: 104)));
        Assert.Equal(105, Assert.Single(broker.OnBar(0, DayBar(1, 100, high: 106))).Price);
        Assert.Equal(90, Assert.Single(broker.OnBar(0, DayBar(2, 90))).Price);
    }

    [Fact]
    public void LimitsClipAndSaySo()
    {
        Broker broker = Make(maximumOrder: 0.5);
        broker.Submit(Order.Market(0, 1, Start));
        Assert.Equal(OrderEventKind.Rejected, broker.Log[^1].Kind); // its size cannot be checked without a price
        Assert.Contains("no price yet", broker.Log[^1].Reason);
        broker.OnBar(0, DayBar(0, 100));
        broker.Submit(Order.Market(0, 9_000, Start.AddDays(1)));
        OrderEvent clipped = broker.Log.Single(line => line.Kind == OrderEventKind.Clipped);
        Assert.Equal((9_000.0, 5_000.0), (clipped.Wanted, clipped.Allowed));
        Assert.Contains("is above 0.5", clipped.Reason);

        // Leverage: 500 units are carried, and the rest of the order is not kept.
        Broker other = Make(cash: 50_000);
        other.Submit(Order.Market(0, 800, Start));
        Assert.Equal(500, Assert.Single(other.OnBar(0, DayBar(0, 100))).Quantity, 6);
        Assert.Contains("the exposure would be above 1 x equity", other.Log[^1].Reason);
        Assert.Empty(other.OpenOrders);
    }

    [Fact]
    public void AnOrderCanBeTakenBackOnce()
    {
        Broker broker = Make();
        long id = broker.Submit(Order.Limit(0, 1, 50, Start, TimeInForce.GoodTillCancelled));
        Assert.True(broker.Cancel(id, Start));
        Assert.False(broker.Cancel(id, Start));
        Assert.Empty(broker.OnBar(0, DayBar(1, 40)));
    }

    /// <summary>Every order that was taken is filled, ended by a line of the log, or open: nothing is lost. 200 x 80
    /// events.</summary>
    [Fact]
    public void NothingIsSilentlyDropped() => FsCheck.Fluent.Prop.ForAll(
        FsCheck.Fluent.ArbMap.Default.ArbFor<int>(), seed => DriveAtRandom((ulong)seed)).QuickCheckThrowOnFailureWith();

    private static bool DriveAtRandom(ulong seed)
    {
        var random = new RandomStream(seed);
        Broker broker = Make(0.02, 20_000, TimeSpan.FromDays(random.NextInt(2)), assets: 2);
        var wanted = new Dictionary<long, double>();
        var filled = new Dictionary<long, double>();
        double price = 100;
        for (int i = 0; i < 80; i++)
        {
            int asset = random.NextInt(2);
            if (random.NextInt(3) == 0)
            {
                price *= Math.Exp(0.03 * random.NextNormal());
                broker.OnBar(asset, DayBar(i, price, price * 1.02, price * 0.98));
            }
            else
            {
                double quantity = Math.Round(30 * random.NextNormal()) + 0.5;
                var type = (OrderType)random.NextInt(3);
                var force = type == OrderType.Stop ? TimeInForce.Day : (TimeInForce)random.NextInt(3);
                double at = type == OrderType.Market ? double.NaN : price * Math.Exp(0.02 * random.NextNormal());
                wanted[broker.Submit(new Order(0, asset, quantity, type, at, force, Start.AddDays(i)))] = quantity;
            }
        }

        foreach (OrderEvent line in broker.Log)
        {
            if (line.Kind is OrderEventKind.Filled or OrderEventKind.PartiallyFilled or OrderEventKind.Clipped)
                filled[line.OrderId] = filled.GetValueOrDefault(line.OrderId) + line.Allowed;
            if (line.Kind is not OrderEventKind.Accepted and not OrderEventKind.Filled
                and not OrderEventKind.PartiallyFilled && line.Reason.Length == 0)
                return false;
        }

        long[] open = [.. broker.OpenOrders.Select(order => order.Id)];
        long[] ended = [.. broker.Log.Where(line => line.Kind is OrderEventKind.Filled or OrderEventKind.Cancelled
            or OrderEventKind.Expired or OrderEventKind.Rejected or OrderEventKind.Clipped)
            .Select(line => line.OrderId)];
        double booked = broker.Portfolio.Quantity(0) + broker.Portfolio.Quantity(1);
        return wanted.Keys.All(id => open.Contains(id) != ended.Contains(id))
            && Math.Abs(filled.Values.Sum() - booked) < 1e-9 * (1 + Math.Abs(booked));
    }

    private static Broker Make(
        double participation = 1, double cash = 1e6, TimeSpan latency = default, double? maximumOrder = null,
        int assets = 1) =>
        new(new Portfolio(cash, assets), new FillModel(CostModel.Free, participation), latency, maximumOrder);

    private static Bar DayBar(int day, double open, double? high = null, double? low = null) => new()
    {
        Symbol = "X",
        Time = Start.AddDays(day),
        AvailableAt = Start.AddDays(day + 1),
        Open = open,
        High = high ?? open,
        Low = low ?? open,
        Close = open,
        Volume = 1_000,
    };

    private static Quote Quote(int second, double price, double size) => new()
    {
        Symbol = "X",
        Time = Start.AddSeconds(second),
        AvailableAt = Start.AddSeconds(second),
        BidPrice = price,
        BidSize = size,
        AskPrice = price,
        AskSize = size,
    };
}
