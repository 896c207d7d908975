using FinML.Data;

namespace FinML.Markets.Execution;

/// <summary>An order that is too large to send at once, and the limits within which it is worked.</summary>
public sealed record ParentOrder
{
    /// <summary>Buy or sell.</summary>
    public required Side Side { get; init; }

    /// <summary>Lots; 1 to 2^38.</summary>
    public required long Quantity { get; init; }

    /// <summary>When work begins, UTC.</summary>
    public required DateTime Start { get; init; }

    /// <summary>When it ends, UTC; nothing is sent at or after it.</summary>
    public required DateTime End { get; init; }

    /// <summary>Between slices; above 0, and at most the time between start and end.</summary>
    public TimeSpan SliceInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The worst price, in the unit of the market that it is worked in (ticks on a matching engine); null:
    /// any.</summary>
    public double? LimitPrice { get; init; }

    /// <summary>The most of what the others have traded since the start that the filled and working lots may be; above
    /// 0 to 10; null: any.</summary>
    public double? MaximumParticipation { get; init; }

    /// <summary>Decisions, the first at the start.</summary>
    public int Slices => (int)Math.Ceiling((End - Start) / SliceInterval - 1e-9);

    /// <exception cref="ArgumentException">A value lies outside its range.</exception>
    public ParentOrder Validate()
    {
        if (Side is not (Side.Buy or Side.Sell))
            throw new ArgumentException($"A parent order buys or sells; its side is {Side}.");
        Require.InRange(Quantity, 1, 1L << 38, nameof(Quantity));
        if (Start.Kind != DateTimeKind.Utc || End.Kind != DateTimeKind.Utc || End <= Start)
        {
            throw new ArgumentException(
                $"A parent order goes from a UTC time to a later one; it is {Start:o} to {End:o}.");
        }

        Require.InRange(SliceInterval.Ticks, 1, (End - Start).Ticks, "SliceInterval, in units of 100 ns,");
        Require.InRange((End - Start) / SliceInterval, 1, 10_000_000, "(End - Start) / SliceInterval");
        if (LimitPrice is { } limit)
            Require.Finite(limit, nameof(LimitPrice));
        if (MaximumParticipation is { } most)
            Require.InRange(most, 1e-9, 10, nameof(MaximumParticipation));
        return this;
    }
}
