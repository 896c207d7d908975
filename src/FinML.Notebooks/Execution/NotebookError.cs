namespace FinML.Notebooks;

/// <summary>What went wrong in a cell, and where.</summary>
public sealed record NotebookError
{
    /// <summary>The exception's type, or "CompileError", "TimeoutException", "OperationCanceledException".</summary>
    public required string Name { get; init; }

    /// <summary>What happened, in one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The number of the code cell, from 1; what In[n] names.</summary>
    public required int Cell { get; init; }

    /// <summary>The line in the cell, from 1; 0 where it is not known.</summary>
    public int Line { get; init; }

    /// <summary>The column in the line, from 1; 0 where it is not known.</summary>
    public int Column { get; init; }

    /// <summary>The text of the line, or null.</summary>
    public string? SourceLine { get; init; }

    /// <summary>What to do about it, where that is known.</summary>
    public string? Hint { get; init; }

    /// <summary>The calls from the cell down to where it was thrown, innermost first, without Roslyn's own.</summary>
    public IReadOnlyList<string> Frames { get; init; } = [];

    /// <summary>"In[4]:line 2", or "In[4]".</summary>
    public string Place => Line > 0 ? $"In[{Cell}]:line {Line}" : $"In[{Cell}]";

    /// <summary>Place, name, message and hint on one line.</summary>
    public string Sentence => $"{Place}: {Name}: {Message}" + (Hint is null ? "" : $" {Hint}");

    /// <summary>The whole report: the sentence, the source line with a caret below the column, the frames.</summary>
    public IReadOnlyList<string> Lines()
    {
        var lines = new List<string> { $"{Name}: {Message}" };
        if (Hint is not null)
            lines.Add(Hint);
        lines.Add($"  at {Place}");
        lines.AddRange(SourceExcerpt());
        lines.AddRange(Frames.Select(frame => $"  from {frame}"));
        return lines;
    }

    /// <summary>The source line and, where the column is known, a caret below it.</summary>
    public IReadOnlyList<string> SourceExcerpt()
    {
        if (string.IsNullOrWhiteSpace(SourceLine))
            return [];
        // Tabs are kept below tabs, so that the caret stands under its column in every terminal.
        var upTo = Math.Min(Column - 1, SourceLine.Length);
        return Column <= 0
            ? [$"    {SourceLine}"]
            : [$"    {SourceLine}",
                "    " + string.Concat(SourceLine.Take(upTo).Select(c => c == '\t' ? '\t' : ' ')) + "^"];
    }
}
