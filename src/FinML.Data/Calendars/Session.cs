namespace FinML.Data;

/// <summary>One trading session.</summary>
/// <param name="Date">The day that it is called by, as the exchange's clock shows it.</param>
/// <param name="Open">When it begins, UTC.</param>
/// <param name="Close">When it ends, UTC: a bar of the session is known from here on.</param>
/// <param name="IsShort">Whether it ends early.</param>
public readonly record struct Session(DateOnly Date, DateTime Open, DateTime Close, bool IsShort);
