using FinML.Data;

namespace FinML.Markets.Tests.Orders;

public sealed class FillModelTests
{
    private static readonly DateTime Time = new(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc);
    private static readonly CostModel Costs = new() { CommissionBasisPoints = 0, SlippageBasisPoints = 100 };
    private static readonly BarPrices Bar = new(100, 110, 90, new Liquidity(1_000, 0.02));

    /// <summary>A bar of open 100, high 110, low 90; slippage 1 %. NaN: not filled.</summary>
    [Theory]
    [InlineData(OrderType.Market, 5, double.NaN, 101)]
    [InlineData(OrderType.Market, -5, double.NaN, 99)]
    [InlineData(OrderType.Limit, 5, 95, 95)] // traded through: at the limit, without slippage
    [InlineData(OrderType.Limit, 5, 90, double.NaN)] // a touch of the low is not enough
    [InlineData(OrderType.Limit, 5, 120, 101)] // at the open, as it is below the limit
    [InlineData(OrderType.Limit, 5, 100.5, 100.5)] // at the open plus slippage, never above the limit
    [InlineData(OrderType.Limit, 5, 89, double.NaN)]
    [InlineData(OrderType.Limit, -5, 105, 105)]
    [InlineData(OrderType.Limit, -5, 110, double.NaN)]
    [InlineData(OrderType.Limit, -5, 80, 99)]
    [InlineData(OrderType.Stop, 5, 105, 106.05)] // reached in the bar: at the stop plus slippage
    [InlineData(OrderType.Stop, 5, 99, 101)] // the open is beyond it: the gap is paid
    [InlineData(OrderType.Stop, 5, 111, double.NaN)]
    [InlineData(OrderType.Stop, -5, 95, 94.05)]
    [InlineData(OrderType.Stop, -5, 101, 99)]
    [InlineData(OrderType.Stop, -5, 89, double.NaN)]
    public void OneBarByHand(OrderType type, double quantity, double price, double expected)
    {
        var order = new Order(1, 0, quantity, type, price, TimeInForce.Day, Time).Validate();
        bool triggered = false;
        bool filled = new FillModel(Costs).TryFill(order, quantity, ref triggered, Bar, 0, out Fill fill);
        Assert.Equal(!double.IsNaN(expected), filled);
        if (filled)
        {
            Assert.Equal(expected, fill.Price, 10);
            Assert.Equal(quantity, fill.Quantity);
            Assert.True(fill.Slippage >= -1e-12, $"{fill.Slippage}");
        }
    }

    [Fact]
    public void AnImmediateOrderSeesTheOpenOnly()
    {
        Order order = Order.Limit(0, 5, 95, Time, TimeInForce.ImmediateOrCancel);
        bool triggered = false;
        Assert.False(new FillModel(Costs).TryFill(order, 5, ref triggered, Bar, 0, out _));
        Assert.True(new FillModel(Costs).TryFill(order, 5, ref triggered, Bar with { Open = 94 }, 0, out _));
    }

    [Fact]
    public void NoMoreThanAShareOfTheVolume()
    {
        var model = new FillModel(Costs, 0.1);
        Assert.Equal(100, model.Available(300, 1_000));
        Assert.Equal(-30, model.Available(-300, 1_000, used: 70));
        Assert.Equal(0, model.Available(300, 1_000, used: 200));
        Assert.Equal(300, model.Available(300, double.NaN));
        Assert.True(model.TryFillAtOpen(0, -300, Bar, out Fill fill));
        Assert.Equal(-100, fill.Quantity);
        Assert.False(model.TryFillAtOpen(0, 5, Bar with { Open = double.NaN }, out _));
        Assert.False(model.TryFillAtOpen(0, 5, Bar with { Liquidity = new(0, 0) }, out _));
    }

    [Fact]
    public void AQuoteGivesItsSizeAtItsOwnPrice()
    {
        var quote = new Quote
        {
            Symbol = "X",
            Time = Time,
            AvailableAt = Time,
            BidPrice = 99,
            BidSize = 7,
            AskPrice = 101,
            AskSize = 3,
        };
        var model = new FillModel(new CostModel { CommissionBasisPoints = 10, SlippageBasisPoints = 50 });
        bool triggered = false;
        Assert.True(model.TryFill(Order.Market(0, 5, Time), 5, ref triggered, quote, 0, out Fill bought));
        Assert.Equal((3, 101, 100), (bought.Quantity, bought.Price, bought.ReferencePrice));
        Assert.Equal(3, bought.Slippage, 12); // half the spread
        Assert.Equal(3 * 101 * 1e-3, bought.Commission, 12);
        Assert.True(model.TryFill(Order.Limit(0, -5, 98, Time), -5, ref triggered, quote, 3, out Fill sold));
        Assert.Equal((-4, 99), (sold.Quantity, sold.Price));
        Assert.False(model.TryFill(Order.Limit(0, 5, 100.5, Time), 5, ref triggered, quote, 0, out _));
        Assert.False(model.TryFill(Order.Stop(0, 5, 102, Time), 5, ref triggered, quote, 0, out _));
        Assert.False(triggered);
        Assert.True(model.TryFill(Order.Stop(0, -5, 99, Time), -5, ref triggered, quote, 0, out _));
        Assert.True(triggered);
        Assert.False(model.TryFill(
            Order.Market(0, 5, Time), 5, ref triggered, quote with { AskPrice = double.NaN }, 0, out _));
    }

    [Fact]
    public void RefusesOrdersThatAreNone()
    {
        Assert.Contains("Quantity has to be other than 0", Error(Order.Market(0, 0, Time)));
        Assert.Contains("it is NaN", Error(Order.Limit(0, 1, double.NaN, Time)));
        Assert.Contains("it is -3", Error(Order.Stop(0, 1, -3, Time)));
        Assert.Contains("cannot be ImmediateOrCancel", Error(Order.Stop(0, 1, 3, Time, TimeInForce.ImmediateOrCancel)));
        Assert.Contains("has no Price", Error(Order.Market(0, 1, Time) with { Price = 4 }));
        Assert.Contains("has to be one of Market, Limit, Stop",
            Error(Order.Market(0, 1, Time) with { Type = (OrderType)9 }));

        static string Error(Order order) => Assert.ThrowsAny<ArgumentException>(() => order.Validate()).Message;
    }
}
