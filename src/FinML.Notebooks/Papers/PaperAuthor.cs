namespace FinML.Notebooks.Papers;

/// <summary>How the head of a paper names an author.</summary>
internal static class PaperAuthor
{
    /// <summary>"Name (Affiliation)" in two parts.</summary>
    public static (string Name, string? Place) Split(string author)
    {
        var open = author.IndexOf('(');
        return open > 0 && author.TrimEnd().EndsWith(')')
            ? (author[..open].Trim(), author.TrimEnd()[(open + 1)..^1].Trim())
            : (author.Trim(), null);
    }
}
