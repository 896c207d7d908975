namespace FinML.Statistics;

/// <summary>Where a bandwidth comes from.</summary>
internal enum BandwidthRule
{
    Lags,
    Fixed,
    Andrews,
    NeweyWest1994,
}
