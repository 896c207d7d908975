using FinML.Data;

namespace FinML.Markets;

/// <summary>What somebody wants to trade.</summary>
/// <param name="Id">Its number; a <see cref="Broker"/> gives one where it is 0.</param>
/// <param name="Asset">The asset's index.</param>
/// <param name="Quantity">Units; positive buys, negative sells.</param>
/// <param name="Type">When it may trade.</param>
/// <param name="Price">The limit of a limit order, the trigger of a stop order; NaN for a market order.</param>
/// <param name="TimeInForce">How long it stands.</param>
/// <param name="Time">When it was decided, UTC: it trades at no price that was known then.</param>
public readonly record struct Order(
    long Id, int Asset, double Quantity, OrderType Type, double Price, TimeInForce TimeInForce, DateTime Time)
{
    /// <summary>Buy or sell.</summary>
    public Side Side => Quantity > 0 ? Side.Buy : Quantity < 0 ? Side.Sell : Side.Unknown;

    /// <summary>An order at the price that there is.</summary>
    public static Order Market(
        int asset, double quantity, DateTime time, TimeInForce timeInForce = TimeInForce.Day, long id = 0) =>
        new(id, asset, quantity, OrderType.Market, double.NaN, timeInForce, time);

    /// <summary>An order at <paramref name="price"/> or better.</summary>
    public static Order Limit(
        int asset, double quantity, double price, DateTime time, TimeInForce timeInForce = TimeInForce.Day,
        long id = 0) =>
        new(id, asset, quantity, OrderType.Limit, price, timeInForce, time);

    /// <summary>An order that becomes a market order where the market reaches <paramref name="price"/>.</summary>
    public static Order Stop(
        int asset, double quantity, double price, DateTime time, TimeInForce timeInForce = TimeInForce.Day,
        long id = 0) =>
        new(id, asset, quantity, OrderType.Stop, price, timeInForce, time);

    /// <exception cref="ArgumentException">The quantity is 0 or not finite, the price is missing or not positive, or a
    /// stop order is immediate-or-cancel.</exception>
    public Order Validate()
    {
        Require.InRange(Asset, 0, int.MaxValue, nameof(Asset));
        Require.Finite(Quantity, nameof(Quantity));
        if (Quantity == 0)
            throw new ArgumentException("An order's Quantity has to be other than 0; it is 0.");
        Require.Defined(Type, nameof(Type));
        Require.Defined(TimeInForce, nameof(TimeInForce));
        if (Type == OrderType.Market)
        {
            if (!double.IsNaN(Price))
                throw new ArgumentException($"A market order has no Price (NaN); it is {Price}.");
        }
        else
        {
            Require.Price(Price, nameof(Price));
        }

        if (Type == OrderType.Stop && TimeInForce == TimeInForce.ImmediateOrCancel)
            throw new ArgumentException("A stop order waits for its price: it cannot be ImmediateOrCancel.");
        return this;
    }
}
