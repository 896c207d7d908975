namespace FinML.Data;

/// <summary>A message and the book after it.</summary>
/// <param name="Message">What happened.</param>
/// <param name="Book">The best levels when it had happened.</param>
public readonly record struct LobsterEvent(FeedMessage Message, OrderBook Book);
