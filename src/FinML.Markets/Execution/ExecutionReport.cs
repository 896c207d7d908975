namespace FinML.Markets.Execution;

/// <summary>What became of a parent order.</summary>
public sealed record ExecutionReport
{
    /// <summary>Of the algorithm.</summary>
    public required string Algorithm { get; init; }

    /// <summary>Lots.</summary>
    public required long Filled { get; init; }

    /// <summary>Lots: the parent's quantity less what was filled.</summary>
    public required long Unfilled { get; init; }

    /// <summary>Why, once the time is over.</summary>
    public required UnfilledReason Reason { get; init; }

    /// <summary>Over the filled lots; NaN where there are none.</summary>
    public required double AveragePrice { get; init; }

    /// <summary>The mid when the first slice was decided; NaN before.</summary>
    public required double ArrivalPrice { get; init; }

    /// <summary>What a filled lot cost beyond the arrival price: positive where it was worse.</summary>
    public required double ShortfallPerLot { get; init; }

    /// <summary>Every decision, in order.</summary>
    public required IReadOnlyList<ExecutionSlice> Slices { get; init; }
}
