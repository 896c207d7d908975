namespace FinML.Notebooks.Packages;

/// <summary>
/// Puts in the place of <c>#!import FILE</c> what the file holds: the code cells of a notebook with their magics, in
/// order, or a C# file as a cell. Paths in it are relative to the file.
/// </summary>
internal static class NotebookImports
{
    /// <summary>The cell with its imports expanded; its error names the file and its cell.</summary>
    /// <param name="parsed">The cell as it was split.</param>
    /// <param name="source">The cell's text.</param>
    /// <param name="number">The cell's number.</param>
    /// <param name="folder">The notebook's folder.</param>
    internal static CellSource.Parsed Expand(CellSource.Parsed parsed, string source, int number, string folder)
    {
        if (parsed.Error is not null || parsed.Segments.All(s => s.Language != CellSource.Language.Import))
            return parsed;
        List<CellSource.Segment> flat = [];
        foreach (CellSource.Segment segment in parsed.Segments)
        {
            try
            {
                Expand(segment, folder, [], flat);
            }
            catch (Exception error) when (error is ReferenceException or IOException or UnauthorizedAccessException)
            {
                return new([], false, new NotebookError
                {
                    Name = "ImportError",
                    Message = error.Message,
                    Hint = (error as ReferenceException)?.Hint,
                    Cell = number,
                    Line = segment.Line,
                    Column = 1,
                    SourceLine = source.ReplaceLineEndings("\n").Split('\n')[segment.Line - 1],
                });
            }
        }

        return parsed with { Segments = flat };
    }

    private static void Expand(
        CellSource.Segment segment, string folder, List<string> open, List<CellSource.Segment> flat)
    {
        if (segment.Language != CellSource.Language.Import)
        {
            flat.Add(segment);
            return;
        }

        string file = Path.GetFullPath(Path.Combine(folder, segment.Code)), name = Path.GetFileName(file);
        if (segment.Code.Length == 0)
            throw new ReferenceException("#!import needs a file.", "Write #!import other.ipynb, or #!import code.cs.");
        if (open.Contains(file))
            throw new ReferenceException($"{name} imports itself: {string.Join(" imports ",
                open.SkipWhile(f => f != file).Append(file).Select(Path.GetFileName))}.");
        if (!File.Exists(file))
            throw new ReferenceException($"{segment.Code} is not there: looked for {file}.");
        open.Add(file);
        foreach ((string place, CellSource.Parsed parsed) in Cells(file))
        {
            if (parsed.Error is { } error)
            {
                throw new ReferenceException(
                    $"{place}{(error.Line > 0 ? $":line {error.Line}" : "")}: {error.Message}", error.Hint);
            }

            foreach (CellSource.Segment inner in parsed.Segments)
            {
                try
                {
                    Expand(Placed(inner, Path.Combine(Path.GetDirectoryName(file)!, place)),
                        Path.GetDirectoryName(file)!, open, flat);
                }
                catch (ReferenceException deeper)
                {
                    throw new ReferenceException($"{place}:line {inner.Line}: {deeper.Message}", deeper.Hint);
                }
            }
        }

        open.Remove(file);
    }

    private static CellSource.Segment Placed(CellSource.Segment segment, string path) =>
        segment.Language == CellSource.Language.CSharp && LibraryCompiler.HasNamespace(segment.Code)
            ? segment with { Path = path, Library = segment.Code, Code = "" }
            : segment with { Path = path };

    /// <summary>The code cells of a file, each with its name: "other.ipynb In[3]", or "code.cs".</summary>
    private static IEnumerable<(string Place, CellSource.Parsed Parsed)> Cells(string file)
    {
        string name = Path.GetFileName(file);
        switch (Path.GetExtension(file).ToLowerInvariant())
        {
            case ".ipynb":
                Notebook notebook;
                try
                {
                    notebook = NotebookFile.Read(file);
                }
                catch (NotebookFormatException error)
                {
                    throw new ReferenceException($"{name} is not a notebook: {error.Message}");
                }

                return notebook.Cells.Where(cell => cell.Kind == CellKind.Code).Select((cell, i) =>
                    ($"{name} In[{i + 1}]", CellSource.Parse(cell, i + 1))).ToList();
            case ".cs" or ".csx":
                string text = File.ReadAllText(file);
                if (text.StartsWith("#!/", StringComparison.Ordinal))
                    text = "//" + text; // the line that makes a script of it
                return [(name, CellSource.Parse(NotebookCell.Create("import", CellKind.Code, text), 1))];
            default:
                throw new ReferenceException($"{name} cannot be imported.", "#!import takes .ipynb, .cs and .csx.");
        }
    }
}
