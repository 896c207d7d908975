namespace FinML.Markets;

/// <summary>One execution: <paramref name="Quantity"/> units of an asset (negative: sold) at
/// <paramref name="Price"/>.</summary>
/// <param name="Asset">The asset's index.</param>
/// <param name="Quantity">Units; positive bought, negative sold.</param>
/// <param name="ReferencePrice">The price before slippage (the open).</param>
/// <param name="Price">The price paid or got.</param>
/// <param name="Commission">The commission, in currency.</param>
public readonly record struct Fill(int Asset, double Quantity, double ReferencePrice, double Price, double Commission)
{
    /// <summary>What slippage cost, in currency; never negative.</summary>
    public double Slippage => (Price - ReferencePrice) * Quantity;

    /// <summary>Commission and slippage, in currency.</summary>
    public double Cost => Commission + Slippage;

    /// <summary>The absolute value traded at the reference price, in currency.</summary>
    public double Notional => Math.Abs(Quantity) * ReferencePrice;
}
