namespace FinML.Notebooks;

/// <summary>A test case of a JUnit report: a code cell.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Failure">What it showed that it should not, or null.</param>
/// <param name="Error">What ended it, or null.</param>
/// <param name="Skipped">Whether it did not run.</param>
public sealed record JUnitCase(
    string Name, TimeSpan Elapsed, string? Failure = null, string? Error = null, bool Skipped = false);
