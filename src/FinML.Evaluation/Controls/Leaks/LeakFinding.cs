namespace FinML.Evaluation;

/// <summary>What one control says of a pipeline.</summary>
/// <param name="Leak">What it looks for.</param>
/// <param name="Found">Whether it is there.</param>
/// <param name="Sentence">Where, with the numbers; or what was looked at and found clean.</param>
public sealed record LeakFinding(LeakKind Leak, bool Found, string Sentence)
{
    /// <inheritdoc/>
    public override string ToString() => $"{(Found ? "LEAK" : "clean")} {Leak}: {Sentence}";
}
