using FinML.Data;

namespace FinML.Markets.Matching;

/// <summary>One thing that happened in the book, in ticks and lots.</summary>
public readonly record struct BookEvent
{
    /// <summary>1, 2, 3, ... over the life of the engine, without gaps.</summary>
    public long Sequence { get; init; }

    /// <summary>Of the message that caused it; 100 ns, as <see cref="DateTime.Ticks"/>.</summary>
    public long Time { get; init; }

    /// <summary>The order it is about; the incoming one in a trade.</summary>
    public long OrderId { get; init; }

    /// <summary>The resting order of a trade; 0 elsewhere.</summary>
    public long MakerOrderId { get; init; }

    /// <summary>Lots accepted, refused, traded, rested, canceled, taken off, or open after a replacement.</summary>
    public long Quantity { get; init; }

    /// <summary>Lots left open: of the resting order in a trade, of <see cref="OrderId"/> elsewhere.</summary>
    public long Remaining { get; init; }

    /// <summary>Ticks; 0 for market orders and refused cancels.</summary>
    public int Price { get; init; }

    /// <summary>The owner of <see cref="OrderId"/>, or the sender of a refused message.</summary>
    public int Participant { get; init; }

    /// <summary>The owner of <see cref="MakerOrderId"/>; 0 where there is none.</summary>
    public int MakerParticipant { get; init; }

    /// <summary>The side of <see cref="OrderId"/>: in a trade, of the aggressor.</summary>
    public Side Side { get; init; }

    public BookEventKind Kind { get; init; }

    public RejectReason Reject { get; init; }

    public CancelReason Cancel { get; init; }
}
