using System.Reflection;
using System.Runtime.Loader;

namespace FinML.Notebooks.Packages;

/// <summary>
/// Where a session's packages are loaded: apart from the workbench's own assemblies, which come first, so that a type
/// that both know is one type; with the native libraries that they bring.
/// </summary>
internal sealed class SessionAssemblies() : AssemblyLoadContext("notebook packages")
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Assembly> _loaded = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _native = [];

    /// <summary>The assemblies that the process was started with, the framework's too, by name.</summary>
    internal static IReadOnlyDictionary<string, string> Own { get; } =
        ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .DistinctBy(Path.GetFileNameWithoutExtension, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path)!, StringComparer.OrdinalIgnoreCase);

    /// <summary>The version of an assembly's file.</summary>
    internal static Version VersionOf(string file) => AssemblyName.GetAssemblyName(file).Version ?? new Version(0, 0);

    /// <summary>The file that a name stands for, and whether it is loaded; null where none does.</summary>
    internal (string File, bool IsLoaded)? Find(string name)
    {
        lock (_gate)
            return _files.TryGetValue(name, out string? file) ? (file, _loaded.ContainsKey(name)) : null;
    }

    /// <summary>From here on the name stands for the file, unless it is loaded from another.</summary>
    internal void Add(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        lock (_gate)
        {
            if (!_loaded.ContainsKey(name))
                _files[name] = file;
        }
    }

    /// <summary>From here on the assembly's name stands for it: what one project makes, another may use.</summary>
    internal void Put(Assembly assembly)
    {
        lock (_gate)
            _loaded[assembly.GetName().Name!] = assembly;
    }

    internal void AddNative(IEnumerable<string> files)
    {
        lock (_gate)
            _native.AddRange(files.Except(_native).ToList());
    }

    /// <summary>The assembly of a name; null where the name stands for nothing.</summary>
    internal Assembly? Get(string name)
    {
        lock (_gate)
        {
            if (_loaded.TryGetValue(name, out Assembly? assembly))
                return assembly;
            if (!_files.TryGetValue(name, out string? file))
                return null;
            return _loaded[name] = LoadFromAssemblyPath(file);
        }
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name is not { } name || Own.ContainsKey(name) ? null : Get(name);

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) => LoadNative(unmanagedDllName);

    /// <summary>Loads a native library of a package; zero where no package has one of that name.</summary>
    internal IntPtr LoadNative(string name)
    {
        string? file;
        lock (_gate)
            file = NativeFile(_native, name);
        return file is null ? IntPtr.Zero : LoadUnmanagedDllFromPath(file);
    }

    /// <summary>The file that code means by the name of a native library: with or without "lib" before and the
    /// platform's ending behind.</summary>
    internal static string? NativeFile(IReadOnlyList<string> files, string name)
    {
        string wanted = Path.GetFileName(name);
        string ending = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        StringComparison comparison = OperatingSystem.IsWindows()
            ? StringComparison.OrdinalIgnoreCase
            : StringComparison.Ordinal;
        string bare = wanted.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && ending != ".dll"
            ? wanted[..^4]
            : wanted;
        foreach (string candidate in (string[])[wanted, wanted + ending, "lib" + wanted + ending, "lib" + wanted,
            bare + ending, "lib" + bare + ending])
        {
            if (files.FirstOrDefault(f => string.Equals(Path.GetFileName(f), candidate, comparison)) is { } file)
                return file;
        }

        return null;
    }
}
