using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace FinML.Notebooks.Packages;

/// <summary>
/// Compiles an imported file that has namespaces, which a cell cannot have, into an assembly of its own. It has the
/// usings of cells, as a project has implicit ones.
/// </summary>
internal static class LibraryCompiler
{
    /// <summary>Whether code declares a namespace.</summary>
    internal static bool HasNamespace(string code) => code.Contains("namespace", StringComparison.Ordinal)
        && CSharpSyntaxTree.ParseText(code, Options).GetRoot().ChildNodes()
            .Any(node => node is BaseNamespaceDeclarationSyntax);

    private static CSharpParseOptions Options { get; } = new(LanguageVersion.Preview, DocumentationMode.None);

    /// <summary>The assembly; or null and what the compiler has against the code.</summary>
    internal static (ProjectAssemblies.Image? Image, IReadOnlyList<Diagnostic> Errors) Compile(
        string path, string code, IEnumerable<MetadataReference> references, IEnumerable<string> usings)
    {
        // Two files of one name are two libraries.
        string place = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..8];
        string name = $"{Path.GetFileNameWithoutExtension(path)}-{place}";
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), Options, path)],
            references.Append(MetadataReference.CreateFromFile(typeof(object).Assembly.Location)),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release,
                allowUnsafe: true, deterministic: true, nullableContextOptions: NullableContextOptions.Annotations));
        IEnumerable<string> lines = usings.Select(u =>
            $"global using {(compilation.GetTypeByMetadataName(u) is null ? "" : "static ")}{u};");
        compilation = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(
            SourceText.From(string.Join('\n', lines), Encoding.UTF8), Options, "usings"));
        using MemoryStream image = new(), symbols = new();
        EmitResult result = compilation.Emit(
            image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        return result.Success
            ? (new ProjectAssemblies.Image(name, image.ToArray(), symbols.ToArray()), [])
            : (null, result.Diagnostics);
    }
}
