namespace FinML.Statistics;

/// <summary>
/// One fall of wealth below its highest level so far. Positions count returns: 0 is the start, i is after i returns.
/// </summary>
public sealed record DrawdownEpisode
{
    /// <summary>Largest loss from the peak, as a positive fraction (0.23 is 23 per cent below the peak).</summary>
    public required double Depth { get; init; }

    /// <summary>Position of the peak (the last time that wealth stood there before it fell).</summary>
    public required int Peak { get; init; }

    /// <summary>Position of the lowest wealth.</summary>
    public required int Trough { get; init; }

    /// <summary>Position at which wealth was back at the peak; null where it never came back in the sample.</summary>
    public required int? Recovery { get; init; }

    /// <summary>Periods under water: from the peak to the recovery, or to the end of the sample.</summary>
    public required int Duration { get; init; }
}
