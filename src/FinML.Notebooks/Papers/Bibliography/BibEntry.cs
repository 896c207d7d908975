namespace FinML.Notebooks.Papers;

/// <summary>An entry of a bibliography, with its text as TeX.</summary>
/// <param name="Type">"article", "book", ... in lower case.</param>
/// <param name="Key">What citations call it.</param>
/// <param name="Fields">The fields by their names in lower case, inherited ones included.</param>
/// <param name="File">The .bib file.</param>
/// <param name="Line">The entry's line, from 1.</param>
public sealed record BibEntry(
    string Type, string Key, IReadOnlyDictionary<string, BibField> Fields, string File, int Line)
{
    /// <summary>A field as plain text; null where the entry has none of the names, or only empty ones.</summary>
    /// <param name="names">The field's names, the preferred one first.</param>
    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Fields.TryGetValue(name, out var field) && BibText.Decode(field.Value) is { Length: > 0 } text)
                return text;
        }

        return null;
    }

    /// <summary>Authors, or editors where there are none.</summary>
    public IReadOnlyList<BibName> Authors =>
        Names("author") is { Count: > 0 } authors ? authors : Names("editor");

    /// <summary>The people of a field.</summary>
    public IReadOnlyList<BibName> Names(string field) =>
        Fields.TryGetValue(field, out var names) ? BibName.ParseList(names.Value) : [];

    /// <summary>The year of "year" or of "date"; "n.d." where there is none.</summary>
    public string Year => Text("year") ?? (Text("date") is { Length: >= 4 } date ? date[..4] : "n.d.");
}
