namespace FinML.Statistics;

/// <summary>
/// What has to be known of a stretch of log wealth to join it to others: its change, its highest and lowest level
/// relative to its beginning (the beginning counts), and its deepest fall. Joining is associative.
/// </summary>
internal readonly record struct WealthSegment(double Change, double Highest, double Lowest, double Fall)
{
    /// <summary>One period.</summary>
    internal static WealthSegment Of(double logGrowth) => new(
        logGrowth, Math.Max(logGrowth, 0), Math.Min(logGrowth, 0), Math.Max(-logGrowth, 0));

    /// <summary>This stretch and then the other: the deepest fall may span the two.</summary>
    internal WealthSegment Then(in WealthSegment next) => new(
        Change + next.Change,
        Math.Max(Highest, Change + next.Highest),
        Math.Min(Lowest, Change + next.Lowest),
        Math.Max(Math.Max(Fall, next.Fall), Highest - Change - next.Lowest));
}
