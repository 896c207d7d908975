namespace FinML.Notebooks.Papers;

/// <summary>A field of an entry.</summary>
/// <param name="Value">Its TeX, without the outer braces or quotes.</param>
/// <param name="Line">Its line, from 1.</param>
public readonly record struct BibField(string Value, int Line);
