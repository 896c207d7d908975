namespace FinML.Markets;

/// <summary>
/// Cash and positions, with exact accounting. After every event
/// equity = cash + Σ quantity × mark = initial cash + price gains + dividends - commission - slippage - borrow.
/// </summary>
/// <remarks>
/// There is no hidden leverage: an order that would leave Σ |quantity × mark| above
/// <see cref="MaximumLeverage"/> × equity is refused (<see cref="InsufficientFundsException"/>, or false from
/// <see cref="TryTrade"/>) and changes nothing, unless it only reduces a position, which is always allowed. With the
/// default of 1 the cash can therefore never become negative by a trade. Prices may later move a position above the
/// limit (a short position grows when it loses); nothing is sold by force. Cash earns nothing.
/// </remarks>
public sealed class Portfolio : IStateful
{
    // Room for the rounding of an order sized to the limit.
    private const double LeverageTolerance = 1e-9;

    private readonly double[] quantities; // (assets)
    private readonly double[] marks; // (assets), NaN until first marked

    public Portfolio(double initialCash = 1, int assets = 1, double maximumLeverage = 1)
    {
        Require.InRange(assets, 1, 1_000_000, nameof(assets));
        Require.InRange(maximumLeverage, 1e-9, 4, nameof(maximumLeverage));
        quantities = new double[assets];
        marks = new double[assets];
        MaximumLeverage = maximumLeverage;
        Reset(initialCash);
    }

    public int Assets => quantities.Length;

    /// <summary>The largest gross exposure over equity that a trade may leave.</summary>
    public double MaximumLeverage { get; }

    public double InitialCash { get; private set; }

    public double Cash { get; private set; }

    /// <summary>The sum over all marks of quantity × price change, in currency.</summary>
    public double PriceGains { get; private set; }

    /// <summary>Dividends received less those paid on short positions, in currency.</summary>
    public double Dividends { get; private set; }

    public double CommissionPaid { get; private set; }

    public double SlippagePaid { get; private set; }

    public double BorrowPaid { get; private set; }

    /// <summary>Commission, slippage and borrow so far, in currency.</summary>
    public double Costs => CommissionPaid + SlippagePaid + BorrowPaid;

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

    /// <summary>Sells nothing, forgets everything, and starts again with <paramref name="initialCash"/>.</summary>
    public void Reset(double initialCash)
    {
        Require.InRange(initialCash, double.Epsilon, double.MaxValue, nameof(initialCash));
        InitialCash = Cash = initialCash;
        PriceGains = Dividends = CommissionPaid = SlippagePaid = BorrowPaid = 0;
        Array.Clear(quantities);
        Array.Fill(marks, double.NaN);
    }

    /// <summary>Sets the price at which the asset counts in the equity.</summary>
    public void MarkToMarket(int asset, double price)
    {
        CheckAsset(asset);
        Require.Price(price, nameof(price));
        if (quantities[asset] != 0)
            PriceGains += quantities[asset] * (price - marks[asset]);
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
        double price = costs.FillPrice(referencePrice, quantity);
        fill = new Fill(asset, quantity, referencePrice, price, costs.Commission(quantity, price));
        if (quantity == 0)
            return true;

        double before = quantities[asset], after = before + quantity;
        bool onlyReduces = Math.Abs(after) <= Math.Abs(before) && after * before >= 0;
        if (!onlyReduces)
        {
            double equity = Equity - fill.Cost;
            double exposure = GrossExposure + (Math.Abs(after) - Math.Abs(before)) * referencePrice;
            if (!(exposure <= MaximumLeverage * equity * (1 + LeverageTolerance)))
                return false;
        }

        quantities[asset] = after;
        Cash -= quantity * price + fill.Commission;
        CommissionPaid += fill.Commission;
        SlippagePaid += fill.Slippage;
        return true;
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
        if (weight == 0)
            return Trade(asset, -quantities[asset], referencePrice, costs);
        double equity = Equity;
        if (!(equity > 0))
            throw new InsufficientFundsException($"A weight of {weight} was asked of an equity of {equity}.");
        double gap = weight * equity - quantities[asset] * referencePrice;
        bool buys = gap > 0;
        double scale = 1 + (buys ? weight : -weight) * costs.TradeCostRate(buys);
        return Trade(asset, gap / (scale * referencePrice), referencePrice, costs);
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
        BorrowPaid += fee;
        return fee;
    }

    /// <summary>Pays a dividend per unit to the holder; a short position pays it.</summary>
    public void PayDividend(int asset, double perUnit)
    {
        CheckAsset(asset);
        Require.InRange(perUnit, 0, double.MaxValue, nameof(perUnit));
        Cash += quantities[asset] * perUnit;
        Dividends += quantities[asset] * perUnit;
    }

    /// <summary>Splits the asset: <paramref name="ratio"/> new units for each old one, at 1 / ratio of the
    /// mark.</summary>
    public void Split(int asset, double ratio)
    {
        CheckAsset(asset);
        Require.InRange(ratio, 1e-6, 1e6, nameof(ratio));
        quantities[asset] *= ratio;
        marks[asset] /= ratio;
    }

    /// <inheritdoc/>
    public byte[] SaveState() => StateBytes.Write(Save);

    /// <inheritdoc/>
    public void LoadState(ReadOnlySpan<byte> state) => StateBytes.Read(state, Load);

    internal void Save(BinaryWriter writer)
    {
        foreach (double value in (ReadOnlySpan<double>)
                 [InitialCash, Cash, PriceGains, Dividends, CommissionPaid, SlippagePaid, BorrowPaid])
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
        StateBytes.ReadArray<double>(reader, quantities);
        StateBytes.ReadArray<double>(reader, marks);
    }

    private void CheckAsset(int asset) => Require.InRange(asset, 0, quantities.Length - 1, nameof(asset));
}
