namespace FinML.Data.Features;

/// <summary>The fields of the first levels of a book in the order of the features here: bid, bid_size, ask and ask_size
/// of level 1, then of level 2, and so on.</summary>
internal static class BookFields
{
    private const int PerLevel = 4, Ask = 2;

    public static string[] OfLevels(int levels) =>
    [
        .. from level in Enumerable.Range(1, FeatureGuard.AtLeast(levels, 1, nameof(levels)))
           from what in new[] { "bid", "bid_size", "ask", "ask_size" }
           select RecordFields.OfLevel(what, level),
    ];

    /// <summary>Price and size of a level, from 0, of one side of a row.</summary>
    public static BookLevel At(in FeatureRow row, int level, Side side)
    {
        int i = level * PerLevel + (side == Side.Buy ? 0 : Ask);
        return new BookLevel(row[i], row[i + 1]);
    }
}
