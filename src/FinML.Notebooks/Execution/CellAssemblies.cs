using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using FinML.Notebooks.Packages;
using Microsoft.CodeAnalysis;

namespace FinML.Notebooks;

/// <summary>
/// Loads what cells are compiled to. Each cell has a collectible context of its own, which holds those of the cells
/// that its code speaks of and nothing else: when nobody can reach a cell any more, its code, types and tables go.
/// </summary>
internal sealed class CellAssemblies
{
    /// <summary>Begins the name of an assembly that is a cell.</summary>
    public const string Prefix = "\u211B*";

    /// <summary>Begins the name of the class that is made of a cell.</summary>
    public const string ClassName = "Submission#";

    private readonly Dictionary<string, Assembly> loaded = new(StringComparer.OrdinalIgnoreCase); // by full name
    private readonly Dictionary<string, Assembly> newest = new(StringComparer.OrdinalIgnoreCase); // by simple name
    private readonly Dictionary<string, string> files = new(StringComparer.OrdinalIgnoreCase);
    private readonly FileContext fileContext;
    private readonly Lock gate = new();

    public CellAssemblies() => fileContext = new FileContext(this);

    /// <summary>From here on, the assembly's name means it.</summary>
    public void Register(Assembly assembly)
    {
        lock (gate)
            loaded[assembly.FullName!] = newest[assembly.GetName().Name!] = assembly;
    }

    /// <summary>Loads a cell.</summary>
    /// <param name="image">What the compiler made.</param>
    /// <param name="symbols">Its portable debug symbols.</param>
    /// <param name="references">The files that it was compiled against.</param>
    /// <param name="before">The assemblies of the cells before it that are there, by name.</param>
    public Assembly Load(
        MemoryStream image, MemoryStream symbols, IEnumerable<MetadataReference> references,
        Func<string, Assembly?> before)
    {
        lock (gate)
        {
            // The framework's are found without us.
            foreach (var path in references.OfType<PortableExecutableReference>().Select(r => r.FilePath))
            {
                if (path is not null && Path.GetFileNameWithoutExtension(path) is var name
                    && !SessionAssemblies.Own.ContainsKey(name))
                    files[name] = path;
            }
        }

        var context = new CellContext(this, [.. Referenced(image).Select(before).OfType<Assembly>()]);
        CellFrames.Keep(image);
        (image.Position, symbols.Position) = (0, 0);
        return context.LoadFromStream(image, symbols);
    }

    /// <summary>The names of the cells that a cell's code speaks of.</summary>
    private static List<string> Referenced(MemoryStream image)
    {
        image.Position = 0;
        using var reader = new PEReader(image, PEStreamOptions.LeaveOpen);
        var metadata = reader.GetMetadataReader();
        return
        [
            .. metadata.AssemblyReferences
                .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)),
        ];
    }

    private Assembly? Find(AssemblyName name)
    {
        lock (gate)
        {
            if (loaded.TryGetValue(name.FullName, out var assembly)
                || newest.TryGetValue(name.Name!, out assembly))
                return assembly;
            return !SessionAssemblies.Own.ContainsKey(name.Name!) && files.TryGetValue(name.Name!, out var file)
                ? fileContext.LoadFromAssemblyPath(file)
                : null;
        }
    }

    private sealed class CellContext(CellAssemblies owner, Assembly[] cells)
        : AssemblyLoadContext("notebook cell", isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            assemblyName.Name!.StartsWith(Prefix, StringComparison.Ordinal)
                ? cells.FirstOrDefault(cell => cell.GetName().Name == assemblyName.Name)
                : owner.Find(assemblyName);
    }

    /// <summary>What <c>#r "file.dll"</c> brings, and what lies beside it.</summary>
    private sealed class FileContext(CellAssemblies owner) : AssemblyLoadContext("notebook files")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var found = owner.Find(assemblyName);
            if (found is not null || SessionAssemblies.Own.ContainsKey(assemblyName.Name!))
                return found;
            var beside = Assemblies.Select(assembly => Path.GetDirectoryName(assembly.Location)).Distinct()
                .Select(folder => Path.Combine(folder!, assemblyName.Name + ".dll")).FirstOrDefault(File.Exists);
            return beside is null ? null : LoadFromAssemblyPath(beside);
        }
    }
}
