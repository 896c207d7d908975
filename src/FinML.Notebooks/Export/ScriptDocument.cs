using System.Text;
using FinML.Shared;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FinML.Notebooks;

/// <summary>
/// The code of a notebook as one C# file of top-level statements, for <c>dotnet run FILE.cs</c> or a project: prose as
/// comments, usings at the top, types at the end, and what a cell shows by its last expression written to the console.
/// </summary>
public sealed class ScriptDocument
{
    private const string Prelude = """
        // What a notebook gives to its cells.
        string RunDirectory = Path.GetFullPath(Path.Combine("artifacts", "runs", "{0}"));
        Directory.CreateDirectory(RunDirectory);
        bool Resume = args.Contains("--resume");
        CancellationToken Cancellation = CancellationToken.None;
        void display(object? value, string? mime = null) => Console.WriteLine(value);
        string HTML(string markup) => markup;
        Bar Progress(string label) => new(label);
        ClaimLines Claims = new();

        """;

    private const string Types = """

        /// <summary>A progress bar that writes each tenth of the work to standard error.</summary>
        sealed class Bar(string label) : IProgress<double>, IDisposable
        {
            private int tenths;

            public void Report(double value)
            {
                for (; tenths < (int)(10 * value); tenths++)
                    Console.Error.WriteLine($"{label}: {10 * (tenths + 1)}%");
            }

            public void Dispose()
            {
            }
        }

        /// <summary>What a notebook gives to papers, as lines of the console.</summary>
        sealed class ClaimLines
        {
            public void Report(string id, double value, double? standardError = null) => Console.WriteLine(
                FormattableString.Invariant(
                    $"claim {id}: {value}{(standardError is { } error ? $" (standard error {error})" : "")}"));

            public void Figure(string id, object figure) => Console.WriteLine(figure);

            public void Table(string id, object table) => Console.WriteLine(table);
        }

        """;

    private const string Sliders = """

        /// <summary>A slider that nobody moves: its value.</summary>
        sealed class Slider<T>(string label, T value)
        {
            public string Label => label;
            public T Value { get; set; } = value;
            public void OnChange(Action<T> changed)
            {
            }

            public override string ToString() => $"{label}: {Value}";
        }

        static class Slider
        {
            public static Slider<int> Create(string label, int value, int min = 0, int max = 100, int step = 1) =>
                new(label, value);

            public static Slider<double> Create(
                string label, double value, double min = 0, double max = 1, double? step = null) => new(label, value);
        }

        """;

    private const string Interacts = """
        void Interact<T>(Slider<T> slider, Func<T, object?> draw)
        {
            display(slider);
            display(draw(slider.Value));
        }

        """;

    private readonly SortedSet<string> usings = new(StringComparer.Ordinal);
    private readonly StringBuilder body = new();
    private readonly StringBuilder types = new();

    private ScriptDocument()
    {
    }

    /// <summary>Converts a notebook.</summary>
    /// <param name="notebook">The notebook; its outputs do not matter.</param>
    /// <param name="name">The notebook's name, which its run folder gets.</param>
    /// <param name="usings">The namespaces and types ("Namespace.Type" of those in
    /// <paramref name="statics"/>) that cells have without a using.</param>
    /// <param name="statics">Which of the usings are types whose static members cells use.</param>
    /// <exception cref="NotebookException">A cell has a syntax error, or needs a session of its own kind.</exception>
    public static string Of(
        Notebook notebook, string name, IReadOnlyList<string> usings, IReadOnlySet<string> statics)
    {
        var document = new ScriptDocument();
        foreach (var each in usings.Append("System.Threading"))
            document.usings.Add(statics.Contains(each) ? $"using static {each};" : $"using {each};");
        var number = 0;
        foreach (var cell in notebook.Cells)
        {
            if (cell.Kind == CellKind.Code)
                document.Code(cell, ++number);
            else
                document.Comment(cell.Source);
        }

        var safe = string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'));
        return ($"// {notebook.Title ?? name}\n// From {name}.ipynb, by 'finml notebooks export'.\n"
            + string.Join('\n', document.usings.Order(UsingOrder.Instance)) + "\n\n"
            + Prelude.Replace("{0}", safe) + (document.UsesSliders ? Interacts : "") + document.body + document.types
            + Types + (document.UsesSliders ? Sliders : "")).ReplaceLineEndings("\n");
    }

    private bool UsesSliders => body.ToString().Contains("Slider.Create", StringComparison.Ordinal);

    /// <summary>The usings of a host whose namespace or type is in its references.</summary>
    public static IReadOnlyList<string> Existing(NotebookHostOptions host) => [.. ScriptSession.Existing(host)];

    /// <summary>Writes the file whole or not at all.</summary>
    public static void Write(
        Notebook notebook, string name, IReadOnlyList<string> usings, IReadOnlySet<string> statics, string path) =>
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(Of(notebook, name, usings, statics)));

    private void Code(NotebookCell cell, int number)
    {
        var parsed = CellSource.Parse(cell, number);
        if (parsed.Error is { } problem)
            throw new NotebookException(problem);
        body.Append($"\n// In[{number}]\n");
        foreach (var segment in parsed.Segments)
        {
            if (segment.Language != CellSource.Language.CSharp)
            {
                Comment(segment.Code);
                continue;
            }

            if (segment.NeedsSession)
            {
                throw new NotebookException(new NotebookError
                {
                    Name = "ExportError",
                    Message = "this magic asks a notebook's session, which a program does not have.",
                    Cell = number,
                    Line = segment.Line,
                    SourceLine = segment.Shown.Split('\n')[segment.Line - 1],
                });
            }

            var tree = CSharpSyntaxTree.ParseText(segment.Code, ScriptSession.ParseOptions);
            if (CellErrors.FirstError(tree.GetDiagnostics(), number, segment.Shown) is { } slip)
                throw new NotebookException(slip);
            Statements((CompilationUnitSyntax)tree.GetRoot());
        }
    }

    private void Statements(CompilationUnitSyntax unit)
    {
        foreach (var directive in unit.Usings)
            usings.Add(directive.WithoutTrivia().NormalizeWhitespace().ToString());
        foreach (var member in unit.Members)
        {
            switch (member)
            {
                case GlobalStatementSyntax
                {
                    Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } show,
                }:
                    body.Append(Lead(show)).Append("display(").Append(show.Expression.ToString().Trim())
                        .Append(");\n");
                    break;
                case BaseTypeDeclarationSyntax or DelegateDeclarationSyntax:
                    types.Append('\n').Append(member.ToFullString().Trim('\n', '\r')).Append('\n');
                    break;
                default:
                    body.Append(member.ToFullString().Trim('\n', '\r')).Append('\n');
                    break;
            }
        }

        var tail = unit.EndOfFileToken.LeadingTrivia.ToFullString().Trim();
        if (tail.Length > 0)
            body.Append(tail).Append('\n');
    }

    private static string Lead(SyntaxNode node)
    {
        var comments = node.GetLeadingTrivia().ToFullString().Trim();
        return comments.Length == 0 ? "" : comments + "\n";
    }

    private void Comment(string prose)
    {
        body.Append('\n');
        foreach (var line in prose.ReplaceLineEndings("\n").Trim('\n').Split('\n'))
            body.Append($"// {line}".TrimEnd()).Append('\n');
    }

    /// <summary>Namespaces before static ones, System first, as C# projects have it.</summary>
    private sealed class UsingOrder : IComparer<string>
    {
        public static readonly UsingOrder Instance = new();

        public int Compare(string? x, string? y) =>
            Key(x!) is var a && Key(y!) is var b && a.Rank != b.Rank
                ? a.Rank.CompareTo(b.Rank)
                : string.CompareOrdinal(a.Name, b.Name);

        private static (int Rank, string Name) Key(string line) => (
            line.StartsWith("using static ", StringComparison.Ordinal) ? 2
            : line.StartsWith("using System", StringComparison.Ordinal) ? 0 : 1,
            line.TrimEnd(';'));
    }
}
