using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;

namespace FinML.Notebooks;

/// <summary>
/// Code that the compiler sees behind that of the submissions before it. The compiler makes a class of it whose fields
/// are the variables, and whose object finds those of the submissions before it in an array, by their places.
/// </summary>
internal sealed class Submission
{
    private static readonly EmitOptions Emission =
        new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    private Assembly? assembly;
    private Func<object?[], Task<object>>? run;
    private IReadOnlyList<Diagnostic>? diagnostics;
    private Declarations? declarations;

    public Submission(CSharpCompilation compilation, Submission? previous)
    {
        Compilation = compilation;
        Previous = previous;
        // The compiler counts so too: a submission without code has no object.
        HasCode = compilation.SyntaxTrees.Any(tree => tree.GetCompilationUnitRoot().Members.Count > 0);
        Place = (previous?.Place ?? 0) + (HasCode ? 1 : 0);
    }

    private Submission(Submission of, CSharpCompilation compilation, Submission? previous)
    {
        (Compilation, Previous, HasCode, Place) = (compilation, previous, of.HasCode, of.Place);
        (assembly, run, diagnostics, declarations) = (of.assembly, of.run, of.diagnostics, of.declarations);
    }

    /// <summary>What the compiler knows of it.</summary>
    public CSharpCompilation Compilation { get; }

    /// <summary>The one before it.</summary>
    public Submission? Previous { get; }

    /// <summary>Whether there is anything to run.</summary>
    public bool HasCode { get; }

    /// <summary>Where its object stands in the array; the host's object stands at 0.</summary>
    public int Place { get; }

    /// <summary>What those behind it see of it, once it is compiled without an error.</summary>
    public Declarations Declarations => declarations ??= Declarations.Of(this);

    /// <summary>The same code behind another submission, or behind a root: what was compiled stays.</summary>
    public Submission Behind(Submission? previous, CSharpCompilation root) => new(
        this,
        Compilation.WithScriptCompilationInfo(Compilation.ScriptCompilationInfo!.WithPreviousScriptCompilation(
            previous?.Compilation ?? root)),
        previous);

    /// <summary>Compiles it, once, and loads what comes of it.</summary>
    /// <returns>What the compiler says, errors among it where it is not loaded.</returns>
    public IReadOnlyList<Diagnostic> Compile(CellAssemblies assemblies, CancellationToken stop)
    {
        if (diagnostics is not null)
            return diagnostics;
        if (!HasCode)
            return diagnostics = Compilation.GetDiagnostics(stop);
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = Compilation.Emit(image, symbols, options: Emission, cancellationToken: stop);
        if (!emitted.Success)
            return diagnostics = emitted.Diagnostics;
        assembly = assemblies.Load(image, symbols, Compilation.References
            .Concat(Compilation.DirectiveReferences), Loaded);
        var entry = Compilation.GetEntryPoint(stop)!;
        run = assembly.GetType(entry.ContainingType.MetadataName, throwOnError: true)!
            .GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .CreateDelegate<Func<object?[], Task<object>>>();
        return diagnostics = emitted.Diagnostics;
    }

    /// <summary>Runs it: puts its object at its place of the array.</summary>
    /// <exception cref="InvalidOperationException">It is not compiled, or does not compile.</exception>
    public async Task<object?> RunAsync(object?[] objects)
    {
        if (run is null && HasCode)
            throw new InvalidOperationException("What is not compiled cannot run.");
        return run is null ? null : await run(objects);
    }

    private Assembly? Loaded(string name)
    {
        for (var before = Previous; before is not null; before = before.Previous)
        {
            if (before.Compilation.AssemblyName == name)
                return before.assembly;
        }

        return null;
    }
}
