using System.Text;
using System.Text.RegularExpressions;
using FinML.Notebooks.Packages;

namespace FinML.Notebooks;

/// <summary>
/// A code cell split at its <c>#!</c> lines into segments of one language each. Lines that belong to another segment
/// are blank in a C# segment, so that line numbers are those of the cell.
/// </summary>
internal static partial class CellSource
{
    /// <summary>All magics, for completion.</summary>
    internal static IReadOnlyList<string> Magics { get; } = [.. MagicTable.All.Select(magic => "#!" + magic.Name)];

    internal enum Language
    {
        CSharp,
        Markdown,
        Html,
        JavaScript,
        Mermaid,

        /// <summary>A command to the session, on one line.</summary>
        Command,

        /// <summary>The path of a file that stands for its code.</summary>
        Import,
    }

    /// <summary>Lines of one language.</summary>
    /// <param name="Language">The language.</param>
    /// <param name="Code">The lines.</param>
    internal sealed record Segment(Language Language, string Code)
    {
        /// <summary>The packages and projects that the lines ask for; those lines are blank in the code.</summary>
        public IReadOnlyList<ReferenceDirective> References { get; init; } = [];

        /// <summary>The line of the cell where it begins, from 1.</summary>
        public int Line { get; init; } = 1;

        /// <summary>The file that it was imported from, and the cell there: "/folder/other.ipynb In[3]"; null for the
        /// cell's own lines.</summary>
        public string? Path { get; init; }

        /// <summary>The lines as they stand in the cell, where the code is what a magic stands for.</summary>
        public string? Written { get; init; }

        /// <summary>Whether the code calls what a live or headless session has, and a program has not.</summary>
        public bool NeedsSession { get; init; }

        /// <summary>What an error's place is shown in.</summary>
        public string Shown => Written ?? Code;
    }

    internal sealed record Parsed(IReadOnlyList<Segment> Segments, bool Timed, NotebookError? Error);

    public static Parsed Parse(NotebookCell cell, int number)
    {
        var lines = cell.Source.ReplaceLineEndings("\n").Split('\n');
        NotebookError Fail(int line, string message, string hint) => new()
        {
            Name = "CompileError",
            Message = message,
            Hint = hint,
            Cell = number,
            Line = line,
            Column = line == 0 ? 0 : 1,
            SourceLine = line == 0 ? null : lines[line - 1],
        };

        var kernel = cell.Metadata["polyglot_notebook"]?["kernelName"]?.ToString()
            ?? cell.Metadata["dotnet_interactive"]?["language"]?.ToString() ?? "csharp";
        if (TryLanguage(kernel) is not { } language)
        {
            return new Parsed([], false, Fail(0, $"the cell is for the kernel \"{kernel}\", which is not here.",
                "finml runs cells for csharp, markdown, html, javascript and mermaid."));
        }

        var segments = new List<Segment>();
        var current = new StringBuilder();
        var timed = false;
        void End()
        {
            var code = language == Language.CSharp ? current.ToString() : current.ToString().Trim('\n');
            current.Clear();
            if (string.IsNullOrWhiteSpace(code))
                return;
            var references = language == Language.CSharp ? ReferenceDirective.In(code) : [];
            segments.Add(new Segment(language, ReferenceDirective.Blank(code, references))
            {
                References = references,
            });
        }

        // C# keeps the place of its lines; other languages start where they start.
        void KeepPlace(int line)
        {
            if (language == Language.CSharp)
                current.Append('\n', line);
        }

        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            if (Magic().Match(line) is { Success: true } magic)
            {
                var name = magic.Groups[1].Value;
                if (name == "time")
                {
                    timed = true;
                }
                else if (TryLanguage(name) is { } next)
                {
                    End();
                    language = next;
                    KeepPlace(i);
                }
                else if (name == "import")
                {
                    End();
                    segments.Add(new Segment(Language.Import, line.Trim()["#!import".Length..].Trim().Trim('"'))
                    {
                        Line = i + 1,
                    });
                    KeepPlace(i);
                }
                else if (MagicTable.Of(name) is { Kind: MagicTable.Kind.Code or MagicTable.Kind.CodeWithLines } code)
                {
                    End();
                    var below = lines.Skip(i + 1)
                        .TakeWhile(_ => code.Kind == MagicTable.Kind.CodeWithLines)
                        .TakeWhile(text => !Magic().IsMatch(text)).ToList();
                    try
                    {
                        var rest = line.TrimStart()[(2 + name.Length)..].TrimEnd();
                        var made = MagicCode.Translate(name, rest, below);
                        segments.Add(new Segment(Language.CSharp, new string('\n', i) + made)
                        {
                            Line = i + 1,
                            NeedsSession = name != "set"
                                && (name != "value" || made.Contains("= Magics.ReadText(", StringComparison.Ordinal)),
                            Written = cell.Source.ReplaceLineEndings("\n"),
                        });
                    }
                    catch (MagicException problem)
                    {
                        return new Parsed([], false, Fail(i + 1, problem.Message, $"See #!help {name}."));
                    }

                    i += below.Count;
                    KeepPlace(i);
                }
                else if (MagicTable.Of(name) is { Kind: MagicTable.Kind.Session })
                {
                    End();
                    segments.Add(new Segment(Language.Command, line.Trim()[2..]));
                    KeepPlace(i);
                }
                else
                {
                    return new Parsed([], false,
                        Fail(i + 1, $"the magic #!{name} is not known.", MagicTable.Suggestion(name)));
                }

                line = "";
            }

            if (language == Language.CSharp || current.Length > 0 || line.Length > 0)
                current.Append(line).Append('\n');
        }

        End();
        return new Parsed(segments, timed, null);
    }

    private static Language? TryLanguage(string name) => name switch
    {
        "csharp" or "c#" or "C#" or "cs" => Language.CSharp,
        "markdown" or "md" => Language.Markdown,
        "html" => Language.Html,
        "javascript" or "js" => Language.JavaScript,
        "mermaid" => Language.Mermaid,
        _ => null,
    };

    [GeneratedRegex(@"^\s*#!(\S+)")]
    private static partial Regex Magic();
}
