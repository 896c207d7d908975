using FinML.Data;

namespace FinML.Markets.Replay;

/// <summary>
/// Who was the aggressor of a trade: as the record says; else the buyer above the mid of the last quotes and the seller
/// below it; at the mid, the buyer after a rise of the price and the seller after a fall.
/// </summary>
/// <remarks>C. M. C. Lee and M. J. Ready, "Inferring trade direction from intraday data", Journal of Finance 46 (1991),
/// without their delay of the quotes.</remarks>
internal sealed class TradeSides
{
    private double bid = double.NaN, ask = double.NaN, price = double.NaN;
    private Side tick;

    internal void Clear()
    {
        bid = ask = price = double.NaN;
        tick = Side.Unknown;
    }

    /// <summary>New best prices; null: as before.</summary>
    internal void Quoted(double? newBid, double? newAsk)
    {
        bid = newBid ?? bid;
        ask = newAsk ?? ask;
    }

    internal Side Of(Trade trade)
    {
        if (trade.Price > price)
            tick = Side.Buy;
        else if (trade.Price < price)
            tick = Side.Sell;
        price = trade.Price;
        if (trade.Side != Side.Unknown)
            return trade.Side;
        double mid = 0.5 * (bid + ask);
        return price > mid ? Side.Buy : price < mid ? Side.Sell : tick;
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(bid);
        writer.Write(ask);
        writer.Write(price);
        writer.Write((int)tick);
    }

    internal void Load(BinaryReader reader)
    {
        bid = reader.ReadDouble();
        ask = reader.ReadDouble();
        price = reader.ReadDouble();
        tick = (Side)reader.ReadInt32();
    }
}
