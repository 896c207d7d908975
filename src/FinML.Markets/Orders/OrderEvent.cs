namespace FinML.Markets;

/// <summary>One line of the log of orders: nothing that was wanted disappears without one.</summary>
/// <param name="Time">When.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Asset">The asset's index.</param>
/// <param name="OrderId">The order's number; 0 where none was sent.</param>
/// <param name="Wanted">What was asked for: units of an order, or the weight of a target.</param>
/// <param name="Allowed">What of it was filled, kept or allowed, in the same unit.</param>
/// <param name="Reason">Why, with the numbers; empty for what went as asked.</param>
public sealed record OrderEvent(
    DateTime Time, OrderEventKind Kind, int Asset, long OrderId, double Wanted, double Allowed, string Reason);
