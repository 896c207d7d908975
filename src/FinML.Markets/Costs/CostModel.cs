namespace FinML.Markets;

/// <summary>
/// What a trade and a short position cost. A fill happens at the reference price moved against the trader by the
/// slippage (half the spread and the impact of a small order); the commission is charged on the fill's notional, once
/// per fill and never on the cash leg; a short position pays the borrow rate for each night it is held.
/// </summary>
/// <remarks>
/// fill price P' = P (1 ± s), commission = k |Δ| P', borrow = b |short value| years, with s, k, b the rates below /
/// 10,000. Costs are on by default: leave them out only by saying <see cref="Free"/>.
/// </remarks>
public sealed record CostModel
{
    private const double BasisPoint = 1e-4;

    /// <summary>No costs at all: what gross returns are computed with.</summary>
    public static CostModel Free { get; } = new()
    {
        CommissionBasisPoints = 0,
        SlippageBasisPoints = 0,
        BorrowBasisPointsPerYear = 0,
    };

    /// <summary>Commission in basis points of the fill's notional; 0 to 1,000.</summary>
    public double CommissionBasisPoints { get; init; } = 1;

    /// <summary>Half the spread plus impact, in basis points of the reference price; 0 to 1,000.</summary>
    public double SlippageBasisPoints { get; init; } = 2;

    /// <summary>The yearly fee on the value of short positions, in basis points; 0 to 100,000.</summary>
    public double BorrowBasisPointsPerYear { get; init; } = 50;

    /// <summary>Whether every cost is zero.</summary>
    public bool IsFree => CommissionBasisPoints == 0 && SlippageBasisPoints == 0 && BorrowBasisPointsPerYear == 0;

    internal double SlippageRate => SlippageBasisPoints * BasisPoint;

    internal double CommissionRate => CommissionBasisPoints * BasisPoint;

    /// <summary>The price of a fill of <paramref name="quantity"/> (positive buys, negative sells).</summary>
    public double FillPrice(double referencePrice, double quantity) =>
        referencePrice * (1 + Math.Sign(quantity) * SlippageRate);

    /// <summary>The commission on a fill of <paramref name="quantity"/> at <paramref name="fillPrice"/>.</summary>
    public double Commission(double quantity, double fillPrice) => Math.Abs(quantity) * fillPrice * CommissionRate;

    /// <summary>The fee for holding a short position of <paramref name="shortValue"/> for part of a year.</summary>
    public double Borrow(double shortValue, double years) =>
        Math.Abs(shortValue) * BorrowBasisPointsPerYear * BasisPoint * years;

    /// <summary>The whole cost of a trade of one unit of notional at the reference price: s + k (1 ± s).</summary>
    public double TradeCostRate(bool buys) =>
        SlippageRate + CommissionRate * (1 + (buys ? SlippageRate : -SlippageRate));

    /// <exception cref="ArgumentOutOfRangeException">A rate is not a number or lies outside its range.</exception>
    public CostModel Validate()
    {
        Require.InRange(CommissionBasisPoints, 0, 1_000, nameof(CommissionBasisPoints));
        Require.InRange(SlippageBasisPoints, 0, 1_000, nameof(SlippageBasisPoints));
        Require.InRange(BorrowBasisPointsPerYear, 0, 100_000, nameof(BorrowBasisPointsPerYear));
        return this;
    }
}
