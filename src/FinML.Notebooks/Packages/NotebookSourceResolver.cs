using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;

namespace FinML.Notebooks.Packages;

/// <summary>
/// Reads what <c>#load</c> names, relative to the file that names it, and takes the lines out that the compiler does
/// not know: the session has resolved them before.
/// </summary>
internal sealed class NotebookSourceResolver(string folder) : SourceReferenceResolver
{
    private readonly SourceReferenceResolver _files = ScriptSourceResolver.Default.WithBaseDirectory(folder);

    public override string? NormalizePath(string path, string? baseFilePath) =>
        _files.NormalizePath(path, baseFilePath);

    public override string? ResolveReference(string path, string? baseFilePath) =>
        _files.ResolveReference(path, baseFilePath);

    public override Stream OpenRead(string resolvedPath) =>
        new MemoryStream(Encoding.UTF8.GetBytes(Read(resolvedPath, out _)));

    public override SourceText ReadText(string resolvedPath) =>
        SourceText.From(Read(resolvedPath, out _), Encoding.UTF8);

    /// <summary>The directives of all files that code loads, and of those that they load, each file once.</summary>
    /// <param name="code">The code.</param>
    /// <param name="path">Its own path.</param>
    internal IReadOnlyList<(string File, ImmutableArray<ReferenceDirective> Directives)> Loaded(
        string code, string path)
    {
        List<(string, ImmutableArray<ReferenceDirective>)> found = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        Collect(code, path);
        return found;

        void Collect(string text, string from)
        {
            if (!text.Contains("#load", StringComparison.Ordinal))
                return;
            var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(text, ScriptSession.ParseOptions).GetRoot();
            foreach (LoadDirectiveTriviaSyntax load in root.GetLoadDirectives())
            {
                // What is not there, the compiler says with its place.
                if (ResolveReference(load.File.ValueText, from) is not { } file || !seen.Add(file))
                    continue;
                (string inner, ImmutableArray<ReferenceDirective> directives) = ("", []);
                try
                {
                    inner = Read(file, out directives);
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    continue; // as it says of a file that cannot be read
                }

                if (directives.Length > 0)
                    found.Add((file, directives));
                Collect(inner, file);
            }
        }
    }

    private static string Read(string file, out ImmutableArray<ReferenceDirective> directives)
    {
        string text = File.ReadAllText(file).ReplaceLineEndings("\n");
        directives = [.. ReferenceDirective.In(text)];
        return ReferenceDirective.Blank(text, directives);
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => folder.GetHashCode(StringComparison.Ordinal);
}
