namespace FinML.Data;

/// <summary>A price of an order book and the size that stands there, in units of the asset.</summary>
public readonly record struct BookLevel(double Price, double Size);
