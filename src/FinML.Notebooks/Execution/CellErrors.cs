using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FinML.Notebooks;

/// <summary>Turns Roslyn's diagnostics and runtime exceptions into errors that name the cell and its line.</summary>
internal static class CellErrors
{
    /// <summary>The first error among diagnostics, or null.</summary>
    public static NotebookError? FirstError(
        IEnumerable<Diagnostic> diagnostics, int cell, string code, ScriptSession? session = null)
    {
        var error = diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)
            .OrderBy(d => d.Location.SourceSpan.Start).FirstOrDefault();
        if (error is null)
            return null;

        var place = error.Location.GetLineSpan();
        // A file brought in by #load has lines of its own.
        var inCell = !error.Location.IsInSource || place.Path == $"In[{cell}]" || place.Path.Length == 0;
        var line = inCell ? place.StartLinePosition.Line + 1 : 0;
        var sourceLine = inCell
            ? Line(code, line)
            : error.Location.SourceTree!.GetText().Lines[place.StartLinePosition.Line].ToString().TrimEnd();
        var message = error.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        return new NotebookError
        {
            Name = "CompileError",
            Message = (inCell ? "" : $"{Path.GetFileName(place.Path)}:line {place.StartLinePosition.Line + 1}: ")
                + $"{message} ({error.Id}).",
            Hint = ScriptHints.For(error.Id, sourceLine ?? "", message),
            Cell = cell,
            Line = line,
            Column = inCell && session is not null
                ? session.Column(cell, line, place.StartLinePosition.Character + 1)
                : place.StartLinePosition.Character + 1,
            SourceLine = sourceLine,
        };
    }

    /// <summary>An exception that a cell threw.</summary>
    public static NotebookError FromException(
        Exception error, int cell, IReadOnlyList<string> sources, ScriptSession? session = null)
    {
        while (error is AggregateException { InnerExceptions: [var only] })
            error = only;

        var frames = new StackTrace(error, fNeedFileInfo: true).GetFrames();
        var texts = new List<string>();
        var (line, column, imported) = (0, 0, "");
        foreach (var frame in frames)
        {
            // The compiler puts the notebook's folder before the name that we gave.
            var file = Path.GetFileName(frame.GetFileName()) ?? "";
            if (file.StartsWith("In[", StringComparison.Ordinal))
            {
                // The innermost line of the failing cell is the error's place; other cells' lines are frames.
                if (file == $"In[{cell}]" && line == 0)
                    (line, column) = (frame.GetFileLineNumber(), frame.GetFileColumnNumber());
                else
                    texts.Add($"{file}:line {frame.GetFileLineNumber()}");
            }
            else if (IsSubmission(frame.GetMethod()?.DeclaringType) && file.Length > 0)
            {
                // A file of #load or #!import has lines of its own.
                texts.Add($"{file}:line {frame.GetFileLineNumber()}");
                imported = imported.Length == 0 && line == 0 ? texts[^1] : imported;
            }
            else if (line == 0 && Describe(frame) is { } text)
            {
                texts.Add(text);
            }
        }

        column = session?.Column(cell, line, column) ?? column;
        string? hint = null;
        // The runtime throws this from a place that all indices of a method share, and which has no line.
        if (line == 0 && imported.Length == 0 && error is IndexOutOfRangeException)
            (line, column, hint) = IndexPlaces.In(sources[cell - 1]);

        // What a magic cannot do is said of its line, or of one below it; how it came to it is no news.
        var magic = error as MagicException;
        if (line > 0 && magic is not null)
            (line, column) = (line + magic.Line, 1);

        return new NotebookError
        {
            Name = magic is null ? error.GetType().Name : "MagicError",
            Message = (line == 0 && imported.Length > 0 ? $"{imported}: " : "") + Chain(error),
            Hint = hint,
            Cell = cell,
            Line = line,
            Column = column,
            SourceLine = line > 0 ? Line(sources[cell - 1], line) : null,
            Frames = magic is null ? [.. texts.Distinct().Take(20)] : [],
        };
    }

    /// <summary>Whether a type is what the compiler makes of a cell, or stands in one.</summary>
    private static bool IsSubmission(Type? type) =>
        type?.FullName?.StartsWith(CellAssemblies.ClassName, StringComparison.Ordinal) ?? false;

    private static string Chain(Exception error)
    {
        var message = error.Message.ReplaceLineEndings(" ");
        return error.InnerException is { } inner
            ? $"{message} ({inner.GetType().Name}: {inner.Message.ReplaceLineEndings(" ")})"
            : message;
    }

    /// <summary>A library's method, with its file where symbols are there; null for what the compiler made.</summary>
    private static string? Describe(StackFrame frame)
    {
        var method = frame.GetMethod();
        var type = method?.DeclaringType;
        if (method is null || type?.FullName is null || type.Name.Contains('<') || method.Name.Contains('<'))
            return null;
        if (type.Namespace is { } space
            && (space.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
                || space.StartsWith("System.Runtime", StringComparison.Ordinal)
                || space.StartsWith("Internal.Runtime", StringComparison.Ordinal)))
            return null;
        var file = frame.GetFileName() is { } path
            ? $" in {Path.GetFileName(path)}:line {frame.GetFileLineNumber()}"
            : "";
        return $"{type.FullName.Replace('+', '.')}.{method.Name}{file}";
    }

    private static string? Line(string code, int line)
    {
        var lines = code.Split('\n');
        return line >= 1 && line <= lines.Length ? lines[line - 1].TrimEnd() : null;
    }
}
