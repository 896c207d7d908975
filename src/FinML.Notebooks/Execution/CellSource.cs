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
    private const string Supported = "#!csharp, #!markdown, #!html, #!mermaid, #!import and #!time, and in a live "
        + "session #!who, #!whos, #!forget, #!memory and #!help";

    /// <summary>What #!help shows.</summary>
    internal const string Help = """
        #!time             the wall time of the cell
        #!who  #!whos      the variables; with type and value
        #!forget NAME...   empties variables, so that their memory can be taken back
        #!memory           memory of objects and of the process
        #!import FILE      runs a notebook's code cells, or a .cs file, in this place
        #r "nuget:X, 1.0"  a package: this version, 1.*, [1.0, 2.0), or without one the highest that is here
        #r "my.csproj"     a project, its release build made where it is out of date; #r "my.dll" an assembly
        #i "nuget:PLACE"   a further folder or address with packages
        #load "my.csx"     the code of a file
        #!csharp  #!markdown  #!html  #!mermaid   the language of the lines below
        NAME?              what a name is; Ctrl-Space or Tab completes, Shift-Tab explains
        """;

    private static readonly string[] Commands = ["who", "whos", "forget", "memory", "help", "lsmagic", "about"];

    /// <summary>All magics, for completion.</summary>
    internal static IReadOnlyList<string> Magics { get; } =
    [
        .. new[] { "time", "import", "csharp", "markdown", "html", "mermaid" }.Concat(Commands).Order()
            .Select(m => "#!" + m),
        "#r", "#load", "#i",
    ];

    internal enum Language
    {
        CSharp,
        Markdown,
        Html,
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

        /// <summary>Code with namespaces, which is compiled as a library beside the cells; null for none.</summary>
        public string? Library { get; init; }
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
                "finml runs cells for csharp, markdown, html and mermaid."));
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
                else if (Commands.Contains(name))
                {
                    End();
                    segments.Add(new Segment(Language.Command, line.Trim()[2..]));
                    KeepPlace(i);
                }
                else
                {
                    return new Parsed([], false,
                        Fail(i + 1, $"the magic #!{name} is not known.", $"finml knows {Supported}."));
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
        "mermaid" => Language.Mermaid,
        _ => null,
    };

    [GeneratedRegex(@"^\s*#!(\S+)")]
    private static partial Regex Magic();
}
