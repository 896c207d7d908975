namespace FinML.Markets;

/// <summary>
/// Cash and positions, with exact accounting. After every event
/// equity = cash + Σ quantity × mark = initial cash + price gains + dividends - costs, with
/// costs = commission + slippage + borrow + financing + funding.
/// </summary>
/// <remarks>
/// <para>There is no hidden leverage: an order that would leave Σ |quantity × mark| above
/// <see cref="MaximumLeverage"/> × equity is refused (<see cref="InsufficientFundsException"/>, or false from
/// <see cref="TryTrade"/>) and changes nothing, unless it only reduces a position, which is always allowed. With the
/// default of 1 the cash can therefore never become negative by a trade. Prices may later move a position above the
/// limit (a short position grows when it loses); nothing is sold by force.</para>
/// <para>Margin: the initial requirement is gross exposure / <see cref="MaximumLeverage"/>, and a trade has to meet it;
/// the maintenance requirement is <see cref="MaintenanceMargin"/> × gross exposure, and equity below it is a margin
/// call (<see cref="IsMarginCall"/>), which whoever runs the account has to answer:
/// <see cref="Margin"/> says how.</para>
/// </remarks>
public sealed class Portfolio : IStateful
{
    // Room for the rounding of an order sized to the limit.
    private const double LeverageTolerance = 1e-9;

    private readonly double[] quantities; // (assets)
    private readonly double[] marks; // (assets), NaN until first marked

    // Equity and gross exposure as the last fills left them, so that the limit is checked without a sum over all assets
    // for each fill; what else moves them asks for new sums.
    private double knownEquity, knownExposure;
    private int fillsSinceSums = int.MaxValue;

    /// <param name="initialCash">In currency; above 0.</param>
    /// <param name="assets">Assets that can be held; 1 to 1,000,000.</param>
    /// <param name="maximumLeverage">The largest gross exposure over equity that a trade may leave; above 0 to
    /// 4.</param>
    /// <param name="maintenanceMargin">The fraction of the gross exposure below which equity is a margin call; 0 (never
    /// called) to below 1 / maximumLeverage.</param>
    public Portfolio(
        double initialCash = 1, int assets = 1, double maximumLeverage = 1, double maintenanceMargin = 0)
    {
        Require.InRange(assets, 1, 1_000_000, nameof(assets));
        Require.InRange(maximumLeverage, 1e-9, 4, nameof(maximumLeverage));
        Require.InRange(maintenanceMargin, 0, 1 / maximumLeverage, nameof(maintenanceMargin));
        quantities = new double[assets];
        marks = new double[assets];
        MaximumLeverage = maximumLeverage;
        MaintenanceMargin = maintenanceMargin;
        Reset(initialCash);
    }

    public int Assets => quantities.Length;

    /// <summary>The largest gross exposure over equity that a trade may leave.</summary>
    public double MaximumLeverage { get; }

    /// <summary>The fraction of the gross exposure that equity must not fall below; 0 where nobody calls.</summary>
    public double MaintenanceMargin { get; }

    public double InitialCash { get; private set; }

    public double Cash { get; private set; }

    /// <summary>The sum over all marks of quantity × price change, in currency.</summary>
    public double PriceGains { get; private set; }

    /// <summary>Dividends received less those paid on short positions, in currency.</summary>
    public double Dividends { get; private set; }

    public double CommissionPaid { get; private set; }

    public double SlippagePaid { get; private set; }

    public double BorrowPaid { get; private set; }

    /// <summary>Interest paid on negative cash less interest earned on positive cash, in currency.</summary>
    public double FinancingPaid { get; private set; }

    /// <summary>Funding of perpetual contracts paid less received, in currency.</summary>
    public double FundingPaid { get; private set; }

    /// <summary>Commission, slippage, borrow, financing and funding so far, in currency.</summary>
    public double Costs => CommissionPaid + SlippagePaid + BorrowPaid + FinancingPaid + FundingPaid;

    /// <summary>Equity less the initial requirement, in currency: what new positions could be opened on.</summary>
    public double InitialExcess => Equity - GrossExposure / MaximumLeverage;

    /// <summary>Equity less the maintenance requirement, in currency.</summary>
    public double MaintenanceExcess => Equity - MaintenanceMargin * GrossExposure;

    /// <summary>Whether the equity is below the maintenance requirement of a position that is held.</summary>
    public bool IsMarginCall => MaintenanceMargin > 0 && MaintenanceExcess < 0;

    /// <summary>Cash + Σ quantity × mark, in currency.</summary>
    public double Equity
    {
        get
        {
            double equity = Cash;
            for (int asset = 0; asset < quantities.Length; asset++)
                equity += Value(asset);
            return equity;
        }
    }

    /// <summary>Σ |quantity × mark|, in currency.</summary>
    public double GrossExposure
    {
        get
        {
            double exposure = 0;
            for (int asset = 0; asset < quantities.Length; asset++)
                exposure += Math.Abs(Value(asset));
            return exposure;
        }
    }

    public double Quantity(int asset) => quantities[asset];

    /// <summary>The price that the asset was last marked at; NaN before the first.</summary>
    public double Mark(int asset) => marks[asset];

    /// <summary>Quantity × mark, in currency; negative for a short position.</summary>
    public double Value(int asset) => quantities[asset] == 0 ? 0 : quantities[asset] * marks[asset];

    /// <summary>The position's value over the equity; NaN where the equity is not positive.</summary>
    public double Weight(int asset)
    {
        double equity = Equity;
        return equity > 0 ? Value(asset) / equity : double.NaN;
    }

    /// <summary>The equity if the asset were marked at <paramref name="price"/>; changes nothing.</summary>
    public double EquityAt(int asset, double price)
    {
        double equity = Cash;
        for (int other = 0; other < quantities.Length; other++)
            equity += other != asset ? Value(other) : quantities[asset] == 0 ? 0 : quantities[asset] * price;
        return equity;
    }

    /// <summary>The equity if the assets were marked at <paramref name="prices"/>, (assets), where NaN leaves a mark as
    /// it is; changes nothing.</summary>
    public double EquityAt(ReadOnlySpan<double> prices)
    {
        Require.SameLength(prices.Length, quantities.Length, nameof(prices), "portfolio");
        double equity = Cash;
        for (int asset = 0; asset < quantities.Length; asset++)
            equity += quantities[asset] == 0 || double.IsNaN(prices[asset])
                ? Value(asset) : quantities[asset] * prices[asset];
        return equity;
    }

    /// <summary>Sells nothing, forgets everything, and starts again with <paramref name="initialCash"/>.</summary>
    public void Reset(double initialCash)
    {
        Require.InRange(initialCash, double.Epsilon, double.MaxValue, nameof(initialCash));
        InitialCash = Cash = initialCash;
        PriceGains = Dividends = CommissionPaid = SlippagePaid = BorrowPaid = FinancingPaid = FundingPaid = 0;
        Array.Clear(quantities);
        Array.Fill(marks, double.NaN);
        ForgetSums();
    }

    /// <summary>Sets the price at which the asset counts in the equity.</summary>
    public void MarkToMarket(int asset, double price)
    {
        CheckAsset(asset);
        Require.Price(price, nameof(price));
        if (quantities[asset] != 0 && price != marks[asset])
        {
            PriceGains += quantities[asset] * (price - marks[asset]);
            ForgetSums();
        }

        marks[asset] = price;
    }

    /// <summary>Marks the asset at the reference price and trades <paramref name="quantity"/> units.</summary>
    /// <exception cref="InsufficientFundsException">The order would break the leverage limit; only the mark
    /// moved.</exception>
    public Fill Trade(int asset, double quantity, double referencePrice, CostModel costs)
    {
        if (TryTrade(asset, quantity, referencePrice, costs, out Fill fill))
            return fill;
        double exposure = GrossExposure - Math.Abs(Value(asset))
            + Math.Abs((quantities[asset] + quantity) * referencePrice);
        throw new InsufficientFundsException(
            $"An order for {quantity} units of asset {asset} at {referencePrice} would leave a gross exposure of "
            + $"{exposure} on an equity of {Equity - fill.Cost}; at most {MaximumLeverage} times it is allowed.");
    }

    /// <summary>As <see cref="Trade"/>; false, with nothing but the mark changed, where the order is refused.</summary>
    public bool TryTrade(int asset, double quantity, double referencePrice, CostModel costs, out Fill fill)
    {
        Require.Finite(quantity, nameof(quantity));
        ArgumentNullException.ThrowIfNull(costs);
        MarkToMarket(asset, referencePrice);
        fill = costs.Execute(asset, quantity, referencePrice, Liquidity.Unknown);
        return TryBook(fill);
    }

    /// <summary>
    /// Marks the asset at the fill's reference price and books the fill; false, with nothing but the mark changed,
    /// where it would break the leverage limit.
    /// </summary>
    public bool TryApply(in Fill fill)
    {
        Require.Finite(fill.Quantity, nameof(fill.Quantity));
        Require.Finite(fill.Price, nameof(fill.Price));
        Require.Finite(fill.Commission, nameof(fill.Commission));
        MarkToMarket(fill.Asset, fill.ReferencePrice);
        return TryBook(fill);
    }

    /// <summary>
    /// Trades so that, after its own costs, the asset's value is exactly <paramref name="weight"/> × equity:
    /// (q + Δ) P = w (E - c |Δ| P), so Δ P = (w E - q P) / (1 ± w c), with c the cost of one unit of notional.
    /// </summary>
    /// <param name="asset">The asset.</param>
    /// <param name="weight">The fraction of equity; from -<see cref="MaximumLeverage"/> to that.</param>
    /// <param name="referencePrice">The price before slippage.</param>
    /// <param name="costs">The costs of the trade.</param>
    /// <exception cref="InsufficientFundsException">The equity is not positive and the weight is not 0.</exception>
    public Fill TradeToWeight(int asset, double weight, double referencePrice, CostModel costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        Require.InRange(weight, -MaximumLeverage, MaximumLeverage, nameof(weight));
        MarkToMarket(asset, referencePrice);
        double equity = Equity;
        if (weight != 0 && !(equity > 0))
            throw new InsufficientFundsException($"A weight of {weight} was asked of an equity of {equity}.");
        return Trade(asset, TargetSizing.Quantity(this, asset, weight, referencePrice, costs), referencePrice, costs);
    }

    /// <summary>Charges the borrow fee on every short position for a part of a year; returns what was
    /// charged.</summary>
    public double AccrueBorrow(CostModel costs, double years)
    {
        ArgumentNullException.ThrowIfNull(costs);
        Require.InRange(years, 0, 100, nameof(years));
        double fee = 0;
        for (int asset = 0; asset < quantities.Length; asset++)
        {
            if (quantities[asset] < 0)
                fee += costs.Borrow(Value(asset), years);
        }

        Cash -= fee;
        ForgetSums();
        BorrowPaid += fee;
        return fee;
    }

    /// <summary>Charges or pays the interest on the cash for a part of a year; returns what was charged.</summary>
    public double AccrueFinancing(CostModel costs, double years)
    {
        ArgumentNullException.ThrowIfNull(costs);
        Require.InRange(years, 0, 100, nameof(years));
        double interest = costs.Financing(Cash, years);
        Cash -= interest;
        ForgetSums();
        FinancingPaid += interest;
        return interest;
    }

    /// <summary>
    /// Settles the funding of a perpetual contract: a holder pays <paramref name="rate"/> × value, a short position
    /// gets it; the other way round where the rate is negative. Returns what was charged.
    /// </summary>
    /// <param name="asset">The contract.</param>
    /// <param name="rate">The rate of the funding period, as a fraction of the value at mark; -1 to 1.</param>
    public double SettleFunding(int asset, double rate)
    {
        CheckAsset(asset);
        Require.InRange(rate, -1, 1, nameof(rate));
        double payment = Value(asset) * rate;
        Cash -= payment;
        ForgetSums();
        FundingPaid += payment;
        return payment;
    }

    /// <summary>Pays a dividend per unit to the holder; a short position pays it.</summary>
    public void PayDividend(int asset, double perUnit)
    {
        CheckAsset(asset);
        Require.InRange(perUnit, 0, double.MaxValue, nameof(perUnit));
        double amount = quantities[asset] * perUnit;
        Cash += amount;
        ForgetSums();
        Dividends += amount;
    }

    /// <summary>Splits the asset: <paramref name="ratio"/> new units for each old one, at 1 / ratio of the
    /// mark.</summary>
    public void Split(int asset, double ratio)
    {
        CheckAsset(asset);
        Require.InRange(ratio, 1e-6, 1e6, nameof(ratio));
        quantities[asset] *= ratio;
        marks[asset] /= ratio;
        ForgetSums();
    }

    /// <inheritdoc/>
    public byte[] SaveState() => StateBytes.Write(Save);

    /// <inheritdoc/>
    public void LoadState(ReadOnlySpan<byte> state) => StateBytes.Read(state, Load);

    internal void Save(BinaryWriter writer)
    {
        foreach (double value in (ReadOnlySpan<double>)
                 [
                     InitialCash, Cash, PriceGains, Dividends, CommissionPaid, SlippagePaid, BorrowPaid, FinancingPaid,
                     FundingPaid,
                 ])
            writer.Write(value);
        StateBytes.WriteArray<double>(writer, quantities);
        StateBytes.WriteArray<double>(writer, marks);
    }

    internal void Load(BinaryReader reader)
    {
        InitialCash = reader.ReadDouble();
        Cash = reader.ReadDouble();
        PriceGains = reader.ReadDouble();
        Dividends = reader.ReadDouble();
        CommissionPaid = reader.ReadDouble();
        SlippagePaid = reader.ReadDouble();
        BorrowPaid = reader.ReadDouble();
        FinancingPaid = reader.ReadDouble();
        FundingPaid = reader.ReadDouble();
        StateBytes.ReadArray<double>(reader, quantities);
        StateBytes.ReadArray<double>(reader, marks);
        ForgetSums();
    }

    private bool TryBook(in Fill fill)
    {
        double before = quantities[fill.Asset], after = before + fill.Quantity;
        if (fill.Quantity == 0)
            return true;
        bool onlyReduces = Math.Abs(after) <= Math.Abs(before) && after * before >= 0;
        if (fillsSinceSums >= MostFillsOnOneSum(quantities.Length))
            (knownEquity, knownExposure, fillsSinceSums) = (Equity, GrossExposure, 0);
        double equity = knownEquity - fill.Cost;
        double exposure = knownExposure + (Math.Abs(after) - Math.Abs(before)) * fill.ReferencePrice;
        if (!onlyReduces && !(exposure <= MaximumLeverage * equity * (1 + LeverageTolerance)))
            return false;
        (knownEquity, knownExposure) = (equity, exposure);
        fillsSinceSums++;
        quantities[fill.Asset] = after;
        Cash -= fill.Quantity * fill.Price + fill.Commission;
        CommissionPaid += fill.Commission;
        SlippagePaid += fill.Slippage;
        return true;
    }

    /// <summary>Few assets are summed for every fill; else as many fills as there are assets share a sum, so that
    /// rounding stays far below the tolerance.</summary>
    private static int MostFillsOnOneSum(int assets) => assets <= 16 ? 0 : assets;

    private void ForgetSums() => fillsSinceSums = int.MaxValue;

    private void CheckAsset(int asset) => Require.InRange(asset, 0, quantities.Length - 1, nameof(asset));
}
