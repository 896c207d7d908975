using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FinML.Notebooks;

/// <summary>
/// What a cell's result depends on, as a SHA-256: its code, the code of all cells above it, the parameters, the
/// libraries and the runtime, and the content of the files that these cells name in their code or their tags. That all
/// cells above count, and not those alone whose variables are spoken, is on purpose: a seed set above is a dependence
/// too.
/// </summary>
internal static class CacheKey
{
    private const int Version = 1;

    /// <summary>The key of the last of some cells.</summary>
    /// <param name="cells">The code cells from the first on.</param>
    /// <param name="options">Has the parameters, the libraries and the folder that paths start from.</param>
    /// <exception cref="NotebookException">A declared input is not there.</exception>
    public static string Of(IReadOnlyList<NotebookCell> cells, NotebookHostOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Append(params ReadOnlySpan<string> parts)
        {
            hash.AppendData(BitConverter.GetBytes(parts.Length));
            foreach (var part in parts)
            {
                var bytes = Encoding.UTF8.GetBytes(part);
                hash.AppendData(BitConverter.GetBytes(bytes.Length));
                hash.AppendData(bytes);
            }
        }

        Append($"cell {Version}", Environment.Version.ToString(), Identity(typeof(CacheKey).Assembly));
        Append([.. options.References.Select(Identity)]);
        Append([.. cells.Select(cell => cell.Source)]);
        foreach (var (name, value) in options.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            Append(name, value);
        foreach (var file in cells.SelectMany((cell, i) => Files(cell, i + 1, options.BaseDirectory)).Distinct()
            .Order(StringComparer.Ordinal))
        {
            using var content = File.OpenRead(file);
            Append(file, Convert.ToHexStringLower(SHA256.HashData(content)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A build of an assembly: the same sources give the same.</summary>
    private static string Identity(Assembly assembly) =>
        $"{assembly.GetName().Name} {assembly.ManifestModule.ModuleVersionId:N}";

    private static IEnumerable<string> Files(NotebookCell cell, int number, string directory)
    {
        var root = CSharpSyntaxTree.ParseText(cell.Source, ScriptSession.ParseOptions).GetRoot();
        var names = root.DescendantTokens(descendIntoTrivia: true)
            .Where(token => token.IsKind(SyntaxKind.StringLiteralToken)
                || token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken)
                || token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken))
            .Select(token => token.ValueText)
            .Concat(root.DescendantNodes().OfType<InvocationExpressionSyntax>().Select(Joined).OfType<string>());
        foreach (var name in names.Where(name => name.Length is > 0 and < 1024 && !name.Any(char.IsControl)))
        {
            // As the cell would open it, and as #load and #r do.
            string[] places = [Path.GetFullPath(name), Path.GetFullPath(name, directory)];
            foreach (var place in places.Distinct().Where(File.Exists))
                yield return place;
        }

        foreach (var tag in cell.Tags.Where(tag => tag.StartsWith(CellCache.InputTag, StringComparison.Ordinal)))
        {
            foreach (var file in Declared(tag[CellCache.InputTag.Length..].Trim(), number, directory))
                yield return file;
        }
    }

    /// <summary>The path of Path.Combine("a", "b.csv").</summary>
    private static string? Joined(InvocationExpressionSyntax call)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Combine" or "Join" })
            return null;
        var parts = call.ArgumentList.Arguments
            .Select(argument => (argument.Expression as LiteralExpressionSyntax)?.Token.Value as string).ToArray();
        return parts.Length > 0 && parts.All(part => part is not null) ? Path.Combine(parts!) : null;
    }

    private static IReadOnlyList<string> Declared(string pattern, int number, string directory)
    {
        var path = Path.GetFullPath(pattern, directory);
        var folder = Path.GetDirectoryName(path)!;
        string[] found = pattern.Length > 0 && Directory.Exists(folder)
            ? Directory.GetFiles(folder, Path.GetFileName(path))
            : [];
        return found.Length > 0
            ? found
            : throw new NotebookException(new NotebookError
            {
                Name = "CacheError",
                Message = $"the tag \"{CellCache.InputTag}{pattern}\" names no file.",
                Hint = "Paths start from the notebook's folder; * and ? stand for any characters of a file's name.",
                Cell = number,
            });
    }
}
