using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using FinML.Data.Store;

namespace FinML.Data.Tests.Store;

/// <summary>The installer on packages that are made here: nothing is downloaded.</summary>
public sealed class EngineInstallerTests : IDisposable
{
    private static readonly byte[] s_library = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * i))];

    private readonly string _cache = Directory.CreateTempSubdirectory("finml-engine-").FullName;

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    private static byte[] Archive(string name)
    {
        using MemoryStream buffer = new();
        using (GZipStream gzip = new(buffer, CompressionLevel.Fastest, leaveOpen: true))
        using (TarWriter tar = new(gzip))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "package/package.json")
            { DataStream = new MemoryStream("{}"u8.ToArray()) });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
            { DataStream = new MemoryStream(s_library) });
        }

        return buffer.ToArray();
    }

    private static EnginePackage PackageOf(byte[] archive) => new("linux-test", "1.2.3-r.4",
        "sha512-" + Convert.ToBase64String(SHA512.HashData(archive)), "libduckdb.so");

    private async Task<(string Path, string? Source)> InstallAsync(EnginePackage package, byte[] answer,
        Server? server = null) => await EngineInstaller.InstallAsync(new EngineInstallOptions
        {
            Package = package,
            Registry = new Uri("https://npm.example.com/a/"),
            CacheFolder = _cache,
            Client = new HttpClient(server ?? new Server(answer)),
        });

    [Fact]
    public async Task The_library_is_unpacked_from_the_package_of_the_registry()
    {
        byte[] archive = Archive("package/libduckdb.so");
        Server server = new(archive);
        (string path, string? source) = await InstallAsync(PackageOf(archive), archive, server);
        Assert.Equal("https://npm.example.com/a/@duckdb/node-bindings-linux-test/-/node-bindings-linux-test-1.2.3-r.4"
            + ".tgz", source);
        Assert.Equal(s_library, File.ReadAllBytes(path));
        Assert.Equal(EngineLocation.PathOf(PackageOf(archive), _cache), path);
        Assert.Single(Directory.GetFiles(_cache, "*", SearchOption.AllDirectories));
        Assert.Null((await InstallAsync(PackageOf(archive), [])).Source); // here already: nobody is asked
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task An_archive_on_this_machine_will_do()
    {
        byte[] archive = Archive("package/libduckdb.so");
        string file = Path.Combine(_cache, "x.tgz");
        File.WriteAllBytes(file, archive);
        EngineInstallOptions options = new() { Package = PackageOf(archive), From = file, CacheFolder = _cache };
        Assert.Equal(file, (await EngineInstaller.InstallAsync(options)).Source);
        Assert.Contains("There is no file", (await Assert.ThrowsAsync<DataException>(() =>
            EngineInstaller.InstallAsync(options with { From = file + "2", CacheFolder = _cache + "2" }))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_archive_is_refused_before_it_is_opened()
    {
        byte[] archive = Archive("package/libduckdb.so"), other = [.. archive];
        other[archive.Length / 2] ^= 1;
        DataException e = await Assert.ThrowsAsync<DataException>(() => InstallAsync(PackageOf(archive), other));
        Assert.Contains("nothing was installed", e.Message, StringComparison.Ordinal);
        Assert.Contains(PackageOf(archive).Integrity, e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_cache, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_package_without_the_library_and_a_silent_registry_are_sentences()
    {
        byte[] archive = Archive("package/other.so");
        Assert.Contains("has no libduckdb.so", (await Assert.ThrowsAsync<DataException>(() =>
            InstallAsync(PackageOf(archive), archive))).Message, StringComparison.Ordinal);
        Assert.Contains("--registry", (await Assert.ThrowsAsync<DataException>(() => InstallAsync(
            PackageOf(archive), archive, new Server(null)))).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_cache, "*", SearchOption.AllDirectories));
    }

    /// <summary>The precedence of npm itself: the environment, the file of the folder, the file of the user.</summary>
    [Theory]
    [InlineData(null, null, null, "https://registry.npmjs.org/")]
    [InlineData("http://env/", "registry=http://here/", "registry=http://home/", "http://env/")]
    [InlineData(null, "registry=http://here/", "registry=http://home/", "http://here/")]
    [InlineData(null, "; a comment\nother = 1", " registry = \"http://home/\"", "http://home/")]
    [InlineData(null, null, "registry=http://home/\n@duckdb:registry=http://scope/", "http://scope/")]
    [InlineData(null, null, "registry=http://${HOST}:81/", "http://host:81/")]
    public void The_registry_is_that_of_npm_s_configuration(string? variable, string? here, string? home,
        string expected)
    {
        foreach ((string folder, string? text) in new[] { ("here", here), ("home", home) })
        {
            Directory.CreateDirectory(Path.Combine(_cache, folder));
            if (text is not null)
                File.WriteAllText(Path.Combine(_cache, folder, ".npmrc"), text);
        }

        Uri found = NpmRegistry.Configured(
            name => name switch { "npm_config_registry" => variable, "HOST" => "host", _ => null },
            Path.Combine(_cache, "here"), Path.Combine(_cache, "home"), Path.Combine(_cache, "none"));
        Assert.Equal(expected, found.ToString());
    }

    [Fact]
    public void A_registry_is_an_http_address() => Assert.Contains("ftp://x",
        Assert.Throws<DataException>(() => NpmRegistry.Parse("ftp://x")).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_package_has_a_hash_of_512_bits() => Assert.All(EnginePackage.All, p =>
        Assert.Equal(64, Convert.FromBase64String(p.Integrity["sha512-".Length..]).Length));

    private sealed class Server(byte[]? answer) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
        {
            Requests++;
            return Task.FromResult(answer is null ? new HttpResponseMessage(HttpStatusCode.NotFound)
                : new HttpResponseMessage { Content = new ByteArrayContent(answer) });
        }
    }
}
