namespace FinML.Evaluation;

/// <summary>Something that the returns themselves say against how they are read.</summary>
/// <param name="Id">frequency, scale, overlap, smoothing, stale, outlier, gap.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Sentence">What was found and what to do.</param>
public sealed record DataCheck(string Id, CheckLevel Level, string Sentence);
