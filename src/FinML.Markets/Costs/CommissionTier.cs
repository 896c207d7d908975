namespace FinML.Markets;

/// <summary>The commission on the part of a fill's notional above a level.</summary>
/// <param name="AboveNotional">The level, in currency.</param>
/// <param name="BasisPoints">The rate on what is above it (up to the next tier), in basis points.</param>
public readonly record struct CommissionTier(double AboveNotional, double BasisPoints);
