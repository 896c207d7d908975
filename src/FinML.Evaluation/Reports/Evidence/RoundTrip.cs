using FinML.Markets;

namespace FinML.Evaluation;

/// <summary>A position from the fill that opened it to the fill that closed it.</summary>
/// <param name="Asset">The asset's index.</param>
/// <param name="Long">Whether it was bought first.</param>
/// <param name="Entry">The period of the first fill.</param>
/// <param name="Exit">The period of the last fill.</param>
/// <param name="Profit">What it brought after commission and slippage, without borrow and interest, in units of the
/// initial equity.</param>
/// <param name="Invested">The notional of the fills that opened it and added to it.</param>
public sealed record RoundTrip(int Asset, bool Long, int Entry, int Exit, double Profit, double Invested)
{
    /// <summary>Profit over what was invested.</summary>
    public double Return => Profit / Invested;

    /// <summary>Periods between the first fill and the last.</summary>
    public int Periods => Exit - Entry;

    /// <summary>
    /// The closed positions of a row of fills, in order of their exits, and how many are open at the end. A fill that
    /// crosses zero closes one and opens the next, its commission shared by quantity. Splits between fills are not
    /// known here: prices have to be adjusted for them.
    /// </summary>
    public static (IReadOnlyList<RoundTrip> Closed, int Open) Of(IReadOnlyList<BacktestTrade> fills)
    {
        ArgumentNullException.ThrowIfNull(fills);
        var closed = new List<RoundTrip>();
        var open = new Dictionary<int, Position>();
        foreach (BacktestTrade trade in fills)
        {
            Fill fill = trade.Fill;
            if (fill.Quantity == 0)
                continue;
            open.TryGetValue(fill.Asset, out Position? held);
            double left = fill.Quantity;
            if (held is not null && Math.Sign(held.Quantity) != Math.Sign(left))
            {
                // Weights are traded to by dividing: a rest of rounding size is none.
                bool ends = Math.Abs(left) >= Math.Abs(held.Quantity) * (1 - 1e-9);
                double part = ends ? -held.Quantity : left;
                held.Take(fill, part);
                left = ends && Math.Abs(left - part) > 1e-9 * Math.Abs(left) ? left - part : 0;
                if (ends)
                {
                    closed.Add(new RoundTrip(
                        fill.Asset, held.Long, held.Entry, trade.Period, held.Cash, held.Invested));
                    open.Remove(fill.Asset);
                    held = null;
                }
            }

            if (left == 0)
                continue;
            if (held is null)
                open[fill.Asset] = held = new Position(left > 0, trade.Period);
            held.Take(fill, left);
            held.Invested += Math.Abs(left) * fill.Price;
        }

        return (closed, open.Count);
    }

    private sealed class Position(bool isLong, int entry)
    {
        internal bool Long => isLong;

        internal int Entry => entry;

        internal double Quantity { get; private set; }

        internal double Cash { get; private set; }

        internal double Invested { get; set; }

        internal void Take(Fill fill, double quantity)
        {
            Quantity += quantity;
            Cash -= quantity * fill.Price + fill.Commission * Math.Abs(quantity / fill.Quantity);
        }
    }
}
