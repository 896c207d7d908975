using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;

namespace FinML.Notebooks.Packages;

/// <summary>
/// One build of a project, loaded beside earlier builds of it. The files are read and closed, so that the next build
/// can replace them; each build counts its assemblies' last version number up, by which the compiler takes the newer
/// one for what is written from here on.
/// </summary>
internal sealed class ProjectAssemblies : AssemblyLoadContext
{
    private readonly SessionAssemblies _packages;
    private readonly Dictionary<string, (byte[] Code, byte[]? Symbols)> _images =
        new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Assembly> _loaded = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();

    /// <param name="images">The assemblies of the build, with their debug symbols.</param>
    /// <param name="generation">0 for the first build of a session, 1 for the next ...</param>
    /// <param name="packages">Where everything else is loaded.</param>
    internal ProjectAssemblies(IEnumerable<Image> images, int generation, SessionAssemblies packages)
        : base("notebook project")
    {
        _packages = packages;
        foreach ((string name, byte[] code, byte[]? symbols) in images)
        {
            Raise(code, generation);
            _images[name] = (code, symbols);
        }
    }

    /// <summary>An assembly in memory.</summary>
    /// <param name="Name">Its simple name.</param>
    /// <param name="Code">The assembly.</param>
    /// <param name="Symbols">Its portable debug symbols, or null.</param>
    internal sealed record Image(string Name, byte[] Code, byte[]? Symbols)
    {
        internal static Image Read(string file)
        {
            string symbols = Path.ChangeExtension(file, ".pdb");
            return new(Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file),
                File.Exists(symbols) ? File.ReadAllBytes(symbols) : null);
        }
    }

    /// <summary>The assemblies with what the compiler reads of them.</summary>
    internal IEnumerable<(Assembly Assembly, byte[] Code)> Pairs() =>
        _images.Keys.Order(StringComparer.Ordinal).Select(name => (Get(name), _images[name].Code));

    private Assembly Get(string name)
    {
        lock (_gate)
        {
            if (_loaded.TryGetValue(name, out Assembly? assembly))
                return assembly;
            (byte[] image, byte[]? symbols) = _images[name];
            using MemoryStream code = new(image), debug = new(symbols ?? []);
            return _loaded[name] = symbols is null ? LoadFromStream(code) : LoadFromStream(code, debug);
        }
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name is not { } name || SessionAssemblies.Own.ContainsKey(name) ? null
        : _images.ContainsKey(name) ? Get(name)
        : _packages.Get(name);

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) => _packages.LoadNative(unmanagedDllName);

    /// <summary>Adds to the last of an assembly's four version numbers, in the image itself.</summary>
    internal static void Raise(byte[] image, int by)
    {
        if (by == 0)
            return;
        using PEReader file = new(new MemoryStream(image, writable: false));
        MetadataReader metadata = file.GetMetadataReader();
        // ECMA-335 II.22.2: HashAlgId (4 bytes), then major, minor, build and revision (2 bytes each).
        int revision = file.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.Assembly) + 10;
        ushort old = BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(revision));
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(revision), (ushort)(old + by));
    }
}
