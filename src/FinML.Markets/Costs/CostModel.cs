namespace FinML.Markets;

/// <summary>
/// What a trade, a short position and borrowed money cost. A fill happens at the reference price moved against the
/// trader by the slippage; the commission is charged on the fill, once and never on the cash leg; a short position pays
/// the borrow rate and negative cash the financing rate for the time that they are held.
/// </summary>
/// <remarks>
/// With a share x = |Δ| / volume of the bar, s = half the spread + a x² + Y σ √x; fill price P' = P (1 ± s);
/// commission = F + f |Δ| + ∫ k(n) dn over the notional |Δ| P', with k the rate of the tier;
/// borrow = b |short value| years. Rates are in basis points. The quadratic term is the volume-share slippage of
/// Zipline and LEAN (a = .1 there), the root the square-root law of impact (Torre 1997; Almgren, Thum, Hauptmann and
/// Li 2005; Y near 1). Costs are on by default: leave them out only by saying <see cref="Free"/>.
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
        FinancingBasisPointsPerYear = 0,
    };

    /// <summary>Commission in basis points of the fill's notional; 0 to 1,000.</summary>
    public double CommissionBasisPoints { get; init; } = 1;

    /// <summary>Commission on each fill, in currency; 0 to 1e9.</summary>
    public double CommissionPerFill { get; init; }

    /// <summary>Commission on each unit, in currency; 0 to 1e6.</summary>
    public double CommissionPerUnit { get; init; }

    /// <summary>Rates for the parts of a fill's notional above rising levels; below the first it is
    /// <see cref="CommissionBasisPoints"/>.</summary>
    public IReadOnlyList<CommissionTier> CommissionTiers { get; init; } = [];

    /// <summary>Half the spread, in basis points of the reference price; 0 to 1,000.</summary>
    public double SlippageBasisPoints { get; init; } = 2;

    /// <summary>a, the slippage of an order as large as the bar's volume, as a fraction of the price, falling with the
    /// square of its share; 0 to 0.5. Needs the volume.</summary>
    public double VolumeShareImpact { get; init; }

    /// <summary>Y, the slippage of an order as large as the bar's volume, in standard deviations of one bar's return,
    /// falling with the root of its share; 0 to 10. Needs volume and volatility.</summary>
    public double SquareRootImpact { get; init; }

    /// <summary>The yearly fee on the value of short positions, in basis points; 0 to 100,000.</summary>
    public double BorrowBasisPointsPerYear { get; init; } = 50;

    /// <summary>The yearly interest on negative cash, in basis points; 0 to 100,000.</summary>
    public double FinancingBasisPointsPerYear { get; init; } = 150;

    /// <summary>The yearly interest earned on positive cash, in basis points; -10,000 to 100,000.</summary>
    public double CashBasisPointsPerYear { get; init; }

    /// <summary>Whether every cost is zero.</summary>
    public bool IsFree => CommissionBasisPoints == 0 && SlippageBasisPoints == 0 && BorrowBasisPointsPerYear == 0
        && FinancingBasisPointsPerYear == 0 && CashBasisPointsPerYear == 0 && IsProportional;

    /// <summary>Whether a trade costs <see cref="TradeCostRate"/> of its notional, whatever its size.</summary>
    public bool IsProportional => CommissionPerFill == 0 && CommissionPerUnit == 0 && CommissionTiers.Count == 0
        && VolumeShareImpact == 0 && SquareRootImpact == 0;

    /// <summary>Whether a fill's price depends on <see cref="Liquidity"/>.</summary>
    public bool NeedsLiquidity => VolumeShareImpact != 0 || SquareRootImpact != 0;

    internal double SlippageRate => SlippageBasisPoints * BasisPoint;

    internal double CommissionRate => CommissionBasisPoints * BasisPoint;

    /// <summary>The fill of <paramref name="quantity"/> units against a market at
    /// <paramref name="referencePrice"/>.</summary>
    /// <exception cref="ArgumentException">The impact needs a volume or a volatility that is not known, or would take
    /// the price of a sale to zero.</exception>
    public Fill Execute(int asset, double quantity, double referencePrice, in Liquidity liquidity)
    {
        double price = FillPrice(referencePrice, quantity, liquidity);
        return new Fill(asset, quantity, referencePrice, price, Commission(quantity, price));
    }

    /// <summary>The price of a fill of <paramref name="quantity"/> (positive buys, negative sells) without
    /// impact.</summary>
    public double FillPrice(double referencePrice, double quantity) =>
        referencePrice * (1 + Math.Sign(quantity) * SlippageRate);

    /// <summary>The price of a fill of <paramref name="quantity"/>, with its impact.</summary>
    /// <exception cref="ArgumentException">As <see cref="Execute"/>.</exception>
    public double FillPrice(double referencePrice, double quantity, in Liquidity liquidity) =>
        NeedsLiquidity && quantity != 0
            ? referencePrice * (1 + Math.Sign(quantity) * (SlippageRate + Impact(quantity, liquidity)))
            : FillPrice(referencePrice, quantity);

    /// <summary>The commission on a fill of <paramref name="quantity"/> at <paramref name="fillPrice"/>.</summary>
    public double Commission(double quantity, double fillPrice)
    {
        double proportional = Math.Abs(quantity) * fillPrice * CommissionRate;
        return IsProportional || quantity == 0 ? proportional : OtherCommission(Math.Abs(quantity), fillPrice);
    }

    /// <summary>The fee for holding a short position of <paramref name="shortValue"/> for part of a year.</summary>
    public double Borrow(double shortValue, double years) =>
        Math.Abs(shortValue) * BorrowBasisPointsPerYear * BasisPoint * years;

    /// <summary>The interest paid on <paramref name="cash"/> for part of a year; negative where it is
    /// earned.</summary>
    public double Financing(double cash, double years) =>
        -cash * (cash < 0 ? FinancingBasisPointsPerYear : CashBasisPointsPerYear) * BasisPoint * years;

    /// <summary>The whole cost of a trade of one unit of notional at the reference price: s + k (1 ± s), without
    /// what depends on the size.</summary>
    public double TradeCostRate(bool buys) =>
        SlippageRate + CommissionRate * (1 + (buys ? SlippageRate : -SlippageRate));

    /// <summary>Every fee and rate that is paid, times a factor; what cash earns stays.</summary>
    /// <param name="factor">0 (no costs) or more.</param>
    /// <exception cref="ArgumentException">The factor is out of its range, or takes a rate out of its own.</exception>
    public CostModel Times(double factor)
    {
        Require.InRange(factor, 0, 1e6, nameof(factor));
        return (this with
        {
            CommissionBasisPoints = CommissionBasisPoints * factor,
            CommissionPerFill = CommissionPerFill * factor,
            CommissionPerUnit = CommissionPerUnit * factor,
            CommissionTiers =
            [
                .. CommissionTiers.Select(tier => tier with { BasisPoints = tier.BasisPoints * factor }),
            ],
            SlippageBasisPoints = SlippageBasisPoints * factor,
            VolumeShareImpact = VolumeShareImpact * factor,
            SquareRootImpact = SquareRootImpact * factor,
            BorrowBasisPointsPerYear = BorrowBasisPointsPerYear * factor,
            FinancingBasisPointsPerYear = FinancingBasisPointsPerYear * factor,
        }).Validate();
    }

    /// <exception cref="ArgumentException">A rate is not a number or lies outside its range, or the tiers do not
    /// rise.</exception>
    public CostModel Validate()
    {
        Require.InRange(CommissionBasisPoints, 0, 1_000, nameof(CommissionBasisPoints));
        Require.InRange(CommissionPerFill, 0, 1e9, nameof(CommissionPerFill));
        Require.InRange(CommissionPerUnit, 0, 1e6, nameof(CommissionPerUnit));
        Require.InRange(SlippageBasisPoints, 0, 1_000, nameof(SlippageBasisPoints));
        Require.InRange(VolumeShareImpact, 0, 0.5, nameof(VolumeShareImpact));
        Require.InRange(SquareRootImpact, 0, 10, nameof(SquareRootImpact));
        Require.InRange(BorrowBasisPointsPerYear, 0, 100_000, nameof(BorrowBasisPointsPerYear));
        Require.InRange(FinancingBasisPointsPerYear, 0, 100_000, nameof(FinancingBasisPointsPerYear));
        Require.InRange(CashBasisPointsPerYear, -10_000, 100_000, nameof(CashBasisPointsPerYear));
        ArgumentNullException.ThrowIfNull(CommissionTiers);
        double level = 0;
        for (int i = 0; i < CommissionTiers.Count; i++)
        {
            (double above, double rate) = CommissionTiers[i];
            Require.InRange(rate, 0, 1_000, $"CommissionTiers[{i}].BasisPoints");
            if (!(above > level && double.IsFinite(above)))
                throw new ArgumentException(
                    $"CommissionTiers[{i}].AboveNotional has to be above {level}, the level before; it is {above}.");
            level = above;
        }

        return this;
    }

    private double OtherCommission(double units, double fillPrice)
    {
        double notional = units * fillPrice, rate = CommissionRate, from = 0, sum = 0;
        foreach (CommissionTier tier in CommissionTiers)
        {
            if (notional <= tier.AboveNotional)
                break;
            sum += (tier.AboveNotional - from) * rate;
            (from, rate) = (tier.AboveNotional, tier.BasisPoints * BasisPoint);
        }

        return CommissionPerFill + units * CommissionPerUnit + sum + (notional - from) * rate;
    }

    private double Impact(double quantity, in Liquidity liquidity)
    {
        if (!(liquidity.Volume > 0))
            throw new ArgumentException(
                $"The impact of an order needs a positive volume of the bar; it is {liquidity.Volume}.");
        double share = Math.Abs(quantity) / liquidity.Volume;
        double impact = VolumeShareImpact * share * share;
        if (SquareRootImpact != 0)
        {
            if (!(liquidity.Volatility >= 0))
                throw new ArgumentException(
                    $"The square-root impact needs a volatility of 0 or more; it is {liquidity.Volatility}.");
            impact += SquareRootImpact * liquidity.Volatility * Math.Sqrt(share);
        }

        return SlippageRate + impact < 1
            ? impact
            : throw new ArgumentException(
                $"An order for {share:P0} of the bar's volume would move the price by {SlippageRate + impact:P0}; "
                + "limit its share of the volume.");
    }
}
