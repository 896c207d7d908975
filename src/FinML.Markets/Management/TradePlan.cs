namespace FinML.Markets;

/// <summary>What a <see cref="PortfolioManager"/> makes of targets.</summary>
/// <param name="Orders">Market orders, those that reduce a position first.</param>
/// <param name="Events">What was clipped or left out, and why.</param>
public sealed record TradePlan(IReadOnlyList<Order> Orders, IReadOnlyList<OrderEvent> Events);
