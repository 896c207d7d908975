namespace FinML.Markets.Matching;

/// <summary>A price of the book in ticks, the lots that stand there, and in how many orders.</summary>
public readonly record struct PriceLevel(int Price, long Quantity, int Orders);
