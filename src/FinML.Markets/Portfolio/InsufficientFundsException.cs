namespace FinML.Markets;

/// <summary>An order was refused because it would take more exposure than the equity may carry; cash and
/// positions are as before.</summary>
public sealed class InsufficientFundsException(string message) : InvalidOperationException(message);
