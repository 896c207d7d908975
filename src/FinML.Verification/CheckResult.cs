namespace FinML.Verification;

/// <summary>What a check gave.</summary>
/// <param name="Check">The check.</param>
/// <param name="Got">Our number; NaN where it could not be computed.</param>
/// <param name="Elapsed">Wall time.</param>
/// <param name="Error">Why it could not be computed, or null.</param>
/// <param name="Skipped">Whether it was not computed because a public data set is not here; <paramref name="Error"/>
/// says which.</param>
public sealed record CheckResult(
    ReferenceCheck Check, double Got, TimeSpan Elapsed, string? Error, bool Skipped = false)
{
    /// <summary>Whether the number was computed and is inside its tolerance.</summary>
    public bool Passed => Error is null && Check.Accepts(Got);
}
