using FinML.Data;

namespace FinML.Markets.Participants;

/// <summary>Money and stock of a participant in whole numbers, so that nothing is lost to rounding.</summary>
/// <param name="Cash">Ticks × lots; a simulation starts everybody with 0.</param>
/// <param name="Position">Lots; negative where short.</param>
/// <param name="Traded">Lots bought and sold.</param>
public readonly record struct Account(long Cash, long Position, long Traded)
{
    /// <summary>After a trade of <paramref name="quantity"/> lots at <paramref name="price"/> ticks.</summary>
    public Account After(Side side, int price, long quantity)
    {
        long signed = side == Side.Buy ? quantity : -quantity;
        return checked(new Account(Cash - price * signed, Position + signed, Traded + quantity));
    }

    /// <summary>Cash + position × mark, in ticks × lots.</summary>
    public double Wealth(double mark) => Position == 0 ? Cash : Cash + Position * mark;
}
