namespace FinML.Verification;

/// <summary>What a check gave.</summary>
/// <param name="Check">The check.</param>
/// <param name="Got">Our number; NaN where it could not be computed.</param>
/// <param name="Elapsed">Wall time.</param>
/// <param name="Error">Why it could not be computed, or null.</param>
public sealed record CheckResult(ReferenceCheck Check, double Got, TimeSpan Elapsed, string? Error)
{
    /// <summary>Whether the number was computed and is inside its tolerance.</summary>
    public bool Passed => Error is null && Check.Accepts(Got);
}
