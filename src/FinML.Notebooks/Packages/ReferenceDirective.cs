using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FinML.Notebooks.Packages;

/// <summary>A line of a cell that the compiler does not know and the session resolves before it compiles the
/// cell.</summary>
/// <param name="Kind">What the line asks for.</param>
/// <param name="Target">What stands behind the kind: "X, 1.2.3" of a package, a path.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Text">The line as it stands.</param>
internal sealed partial record ReferenceDirective(ReferenceKind Kind, string Target, int Line, string Text)
{
    /// <summary>The directives of C# code; what stands in strings, comments and switched-off regions is none.</summary>
    internal static IReadOnlyList<ReferenceDirective> In(string code)
    {
        if (!code.Contains('#', StringComparison.Ordinal))
            return [];
        List<ReferenceDirective> found = [];
        SyntaxNode? root = null;
        string[] lines = code.Split('\n');
        for (int i = 0, start = 0; i < lines.Length; start += lines[i++].Length + 1)
        {
            if (Read(lines[i], i + 1) is not { } directive)
                continue;
            root ??= CSharpSyntaxTree.ParseText(code, ScriptSession.ParseOptions).GetRoot();
            if (IsDirective(root, start + lines[i].IndexOf('#')))
                found.Add(directive);
        }

        return found;
    }

    /// <summary>The code with the directives' lines empty, so that the other lines keep their numbers.</summary>
    internal static string Blank(string code, IReadOnlyList<ReferenceDirective> directives)
    {
        if (directives.Count == 0)
            return code;
        string[] lines = code.Split('\n');
        foreach (ReferenceDirective directive in directives)
            lines[directive.Line - 1] = "";
        return string.Join('\n', lines);
    }

    private static ReferenceDirective? Read(string line, int number)
    {
        ReferenceDirective Of(ReferenceKind kind, Group target) => new(kind, target.Value.Trim(), number, line);
        if (Package().Match(line) is { Success: true } package)
            return Of(ReferenceKind.Package, package.Groups[1]);
        if (Unquoted().Match(line) is { Success: true } unquoted)
            return Of(ReferenceKind.Unquoted, unquoted.Groups[1]);
        if (Project().Match(line) is { Success: true } project)
            return Of(ReferenceKind.Project, project.Groups[1]);
        if (Source().Match(line) is { Success: true } source)
            return Of(ReferenceKind.Source, source.Groups[1]);
        if (AppPackage().Match(line) is { Success: true } app)
        {
            return new(ReferenceKind.Package, app.Groups[1].Value + (app.Groups[2].Success
                ? $", {app.Groups[2].Value}" : ""), number, line);
        }

        return AppProject().Match(line) is { Success: true } other ? Of(ReferenceKind.Project, other.Groups[1]) : null;
    }

    private static bool IsDirective(SyntaxNode root, int position)
    {
        SyntaxToken token = root.FindToken(position);
        if (token.Span.Contains(position))
            return false;
        SyntaxTrivia trivia = root.FindTrivia(position, findInsideTrivia: false);
        return trivia.Kind() is not (SyntaxKind.MultiLineCommentTrivia or SyntaxKind.DisabledTextTrivia);
    }

    [GeneratedRegex("""^\s*#r\s+"\s*nuget:([^"]*)"\s*;?\s*(//.*)?$""")]
    private static partial Regex Package();

    [GeneratedRegex("""^\s*#[ri]\s+("?\s*nuget\b[^"]*"?)\s*$""")]
    private static partial Regex Unquoted();

    [GeneratedRegex("""^\s*#r\s+"([^"]+\.(?:cs|fs|vb)proj)"\s*(//.*)?$""")]
    private static partial Regex Project();

    [GeneratedRegex("""^\s*#i\s+"\s*nuget:([^"]+)"\s*(//.*)?$""")]
    private static partial Regex Source();

    // The lines of a file-based program, which an imported .cs file may be.
    [GeneratedRegex(@"^\s*#:package\s+([^\s@]+)(?:@(\S+))?\s*$")]
    private static partial Regex AppPackage();

    [GeneratedRegex(@"^\s*#:project\s+(\S.*)$")]
    private static partial Regex AppProject();
}
