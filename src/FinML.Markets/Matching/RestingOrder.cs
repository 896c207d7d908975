using FinML.Data;

namespace FinML.Markets.Matching;

/// <summary>An order that rests in the book.</summary>
/// <param name="OrderId">Its identifier.</param>
/// <param name="Participant">Its owner.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Price">Ticks.</param>
/// <param name="Quantity">Lots still open.</param>
public readonly record struct RestingOrder(long OrderId, int Participant, Side Side, int Price, long Quantity);
