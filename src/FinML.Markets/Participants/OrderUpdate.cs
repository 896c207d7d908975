using FinML.Data;
using FinML.Markets.Matching;

namespace FinML.Markets.Participants;

/// <summary>What a participant hears about one of its orders, in ticks and lots.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="OrderId">Its order.</param>
/// <param name="Side">Of its order.</param>
/// <param name="Price">Of the trade; else of the order.</param>
/// <param name="Quantity">Lots traded, canceled, taken off or refused.</param>
/// <param name="Open">Lots still open.</param>
/// <param name="IsMaker">Whether its order was the resting one of a trade.</param>
/// <param name="Reject">Why it was refused.</param>
public readonly record struct OrderUpdate(
    BookEventKind Kind, long OrderId, Side Side, int Price, long Quantity, long Open, bool IsMaker,
    RejectReason Reject);
