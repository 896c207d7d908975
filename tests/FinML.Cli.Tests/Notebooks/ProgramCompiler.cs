using FinML.Cli.Terminal;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FinML.Cli.Tests.Notebooks;

/// <summary>Compiles a C# file with top-level statements against the workbench, without running it.</summary>
internal static class ProgramCompiler
{
    public static void Compile(string file)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Concat(Workbench.Assemblies().Select(assembly => assembly.Location))
            .DistinctBy(Path.GetFileName)
            .Select(path => MetadataReference.CreateFromFile(path));
        var errors = CSharpCompilation.Create(
                "exported", [CSharpSyntaxTree.ParseText(File.ReadAllText(file))], references,
                new CSharpCompilationOptions(
                    OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable))
            .GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Empty(errors.Select(error => error.ToString()));
    }
}
