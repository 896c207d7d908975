namespace FinML.Data;

/// <summary>What an imbalance bar counts with the sign of each trade.</summary>
public enum ImbalanceMeasure
{
    /// <summary>Trades: 1 each.</summary>
    Trades,

    /// <summary>Units of the asset.</summary>
    Volume,

    /// <summary>Price times size.</summary>
    Dollars,
}
