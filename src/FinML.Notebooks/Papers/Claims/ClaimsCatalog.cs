namespace FinML.Notebooks.Papers;

/// <summary>The claims of all papers around a notebook, in which a reported value is looked up.</summary>
internal static class ClaimsCatalog
{
    /// <summary>The folder of the papers: papers/ of <paramref name="start"/> or of the nearest folder above it; null
    /// where there is none.</summary>
    public static string? FindPapers(string start)
    {
        for (var folder = new DirectoryInfo(Path.GetFullPath(start)); folder is not null; folder = folder.Parent)
        {
            var papers = Path.Combine(folder.FullName, "papers");
            if (Directory.Exists(papers))
                return papers;
        }

        return null;
    }

    /// <summary>The claims of all papers, and the first mistake of the files that have some.</summary>
    public static (IReadOnlyList<Claim> Claims, string? Mistake) All(string papers)
    {
        var all = new List<Claim>();
        string? mistake = null;
        foreach (var file in Directory.GetDirectories(papers).Select(folder => Path.Combine(folder, ClaimsFile.Name))
            .Where(File.Exists).Order(StringComparer.Ordinal))
        {
            var shown = Path.GetRelativePath(Path.GetDirectoryName(papers)!, file).Replace('\\', '/');
            try
            {
                all.AddRange(ClaimsFile.Read(file, shown));
            }
            catch (PaperException error)
            {
                mistake ??= error.Problems[0].ToString();
            }
        }

        return (all, mistake);
    }

    /// <summary>The claim of an id; null, and why, where there is not exactly one. A slip in a file of words must not
    /// cost the hours of a run: it is said and not thrown.</summary>
    public static (Claim? Claim, string? Why) Find(string id, string start)
    {
        if (FindPapers(start) is not { } papers)
            return (null, "there is no folder papers/ here, so that it is compared with nothing.");
        var (all, mistake) = All(papers);
        return all.Where(claim => claim.Id == id).ToList() switch
        {
            [var claim] => (claim, null),
            [var first, var second, ..] => (null, FormattableString.Invariant(
                $"{first.File}:{first.Line} and {second.File}:{second.Line} both claim it: an id names one claim.")),
            _ => (null, mistake ?? "no claims.json has it"
                + (Shared.Nearest.Of(id, all.Select(claim => claim.Id)) is { } near
                    ? $": did you mean \"{near}\"?" : ".")),
        };
    }
}
