namespace FinML.Notebooks;

/// <summary>One thing about a cell's outputs that is not as it is stored.</summary>
/// <param name="Output">Which output of the cell, from 1; text written in pieces to one stream is one output.</param>
/// <param name="What">"stdout", "stderr", "error", a media type, or "outputs" where one is missing or more.</param>
/// <param name="Lines">What differs: "- " begins what is stored, "+ " what is fresh, "  " what both have.</param>
/// <param name="LargestRelativeDifference">
/// Of the numbers, where nothing else differs: the largest |a - b| / max(|a|, |b|).
/// </param>
public sealed record OutputDifference(
    int Output, string What, IReadOnlyList<string> Lines, double? LargestRelativeDifference = null);
