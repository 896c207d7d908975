namespace FinML.Markets.Matching;

/// <summary>The limits of a <see cref="MatchingEngine"/>; all its memory is taken when it is made.</summary>
public sealed record MatchingOptions
{
    internal const int MostLevels = 1 << 22;
    internal const int MostOrders = 1 << 24;

    /// <summary>The lowest price, in ticks; -1,000,000,000 to 1,000,000,000.</summary>
    public int MinimumPrice { get; init; } = 1;

    /// <summary>The highest price, in ticks: at least the lowest, and at most 2^22 - 1 above it (24 bytes a
    /// tick).</summary>
    public int MaximumPrice { get; init; } = 1 << 17;

    /// <summary>The most orders that rest at one time; 1 to 2^24 (up to 100 bytes an order).</summary>
    public int OrderCapacity { get; init; } = 1 << 16;

    /// <summary>The largest quantity of an order, in lots; 1 to 2^38.</summary>
    public long MaximumQuantity { get; init; } = 1L << 38;

    internal int Levels => MaximumPrice - MinimumPrice + 1;

    /// <exception cref="ArgumentOutOfRangeException">An option lies outside its range.</exception>
    public MatchingOptions Validate()
    {
        const int Furthest = 1_000_000_000;
        Require.InRange(MinimumPrice, -Furthest, Furthest, nameof(MinimumPrice));
        Require.InRange(MaximumPrice, MinimumPrice, (long)MinimumPrice + MostLevels - 1, nameof(MaximumPrice));
        Require.InRange(OrderCapacity, 1, MostOrders, nameof(OrderCapacity));
        Require.InRange(MaximumQuantity, 1, 1L << 38, nameof(MaximumQuantity));
        return this;
    }
}
