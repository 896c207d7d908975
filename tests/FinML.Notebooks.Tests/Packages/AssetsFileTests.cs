using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using FinML.Notebooks.Packages;

namespace FinML.Notebooks.Tests.Packages;

public sealed class AssetsFileTests
{
    [Theory]
    [InlineData("linux", "linux-x64", Architecture.X64, "linux-x64")]
    [InlineData("linux", "ubuntu.24.04-x64", Architecture.X64, "linux-x64")]
    [InlineData("linux", "alpine.3.20-arm64", Architecture.Arm64, "linux-musl-arm64")]
    [InlineData("osx", "osx.15-arm64", Architecture.Arm64, "osx-arm64")]
    [InlineData("win", "win10-x64", Architecture.X64, "win-x64")]
    public void A_platform_has_a_portable_name(string system, string own, Architecture architecture, string name) =>
        Assert.Equal(name, RuntimeIdentifiers.Portable(system, own, architecture));

    [Theory]
    [InlineData("linux-x64", "linux-x64 linux unix-x64 unix any")]
    [InlineData("linux-musl-arm64", "linux-musl-arm64 linux-musl linux-arm64 linux unix-arm64 unix any")]
    [InlineData("osx-arm64", "osx-arm64 osx unix-arm64 unix any")]
    [InlineData("win-x64", "win-x64 win any")]
    public void A_platform_falls_back_as_NETs_graph_says(string identifier, string chain) =>
        Assert.Equal(chain.Split(' '), RuntimeIdentifiers.Fallbacks(identifier));

    [Theory]
    [InlineData("linux-x64", "a/linux/x.so", "m/unix/M.dll")]
    [InlineData("linux-musl-x64", "a/musl/x.so", "m/unix/M.dll")]
    [InlineData("win-x64", "a/win/x.dll", "m/win/M.dll")]
    [InlineData("osx-arm64", "", "m/unix/M.dll")]
    [InlineData("browser-wasm", "", "")]
    public void Of_files_for_many_platforms_the_nearest_are_taken(string identifier, string native, string managed)
    {
        JsonObject files = [];
        void Add(string path, string type, string platform) =>
            files[path] = new JsonObject { ["assetType"] = type, ["rid"] = platform };
        Add("a/linux/x.so", "native", "linux-x64");
        Add("a/musl/x.so", "native", "linux-musl-x64");
        Add("a/win/x.dll", "native", "win-x64");
        Add("m/unix/M.dll", "runtime", identifier == "browser-wasm" ? "linux" : "unix");
        Add("m/win/M.dll", "runtime", "win");

        (IReadOnlyList<string> m, IReadOnlyList<string> n) = AssetsFile.ForPlatform(files, identifier);

        Assert.Equal(native.Split(' ', StringSplitOptions.RemoveEmptyEntries), n);
        Assert.Equal(managed.Split(' ', StringSplitOptions.RemoveEmptyEntries), m);
    }

    [Fact]
    public void A_closure_has_the_files_of_the_nearest_target()
    {
        using Notebooks.Folder folder = new();
        Directory.CreateDirectory(Path.Combine(folder.Path, "x", "1.2.0"));
        string file = Path.Combine(folder.Path, "project.assets.json");
        File.WriteAllText(file, $$"""
            {
              "targets": {
                "net9.0": { "X/0.9.0": { "type": "package" } },
                "net10.0": {
                  "My/1.0.0": { "type": "project", "compile": { "bin/placeholder/My.dll": {} } },
                  "X/1.2.0": {
                    "type": "package",
                    "compile": { "ref/net8.0/X.dll": {}, "ref/net8.0/_._": {} },
                    "runtime": { "lib/net8.0/X.dll": {}, "lib/net8.0/Y.dll": {} },
                    "runtimeTargets": {
                      "runtimes/linux/lib/net8.0/X.dll": { "assetType": "runtime", "rid": "linux" },
                      "runtimes/linux-x64/native/libx.so": { "assetType": "native", "rid": "linux-x64" },
                      "runtimes/win-x64/native/x.dll": { "assetType": "native", "rid": "win-x64" }
                    },
                    "frameworkReferences": [ "Microsoft.AspNetCore.App" ]
                  }
                }
              },
              "libraries": { "X/1.2.0": { "path": "x/1.2.0" } },
              "packageFolders": { "/nowhere/": {}, "{{folder.Path.Replace('\\', '/')}}/": {} },
              "logs": [ { "code": "NU1701", "level": "Warning", "message": "m", "libraryId": "X" } ]
            }
            """);
        AssetsFile assets = AssetsFile.TryRead(file)!;

        PackageClosure closure = assets.Closure("linux-x64", "net10.0");

        string Of(string path) => Path.Combine(folder.Path, "x", "1.2.0", path);
        Assert.Equal(new Dictionary<string, string> { ["X"] = "1.2.0" }, closure.Packages);
        Assert.Equal([Of("ref/net8.0/X.dll")], closure.Compile);
        Assert.Equal([Of("runtimes/linux/lib/net8.0/X.dll"), Of("lib/net8.0/Y.dll")], closure.Runtime);
        Assert.Equal([Of("runtimes/linux-x64/native/libx.so")], closure.Native);
        Assert.Equal(["Microsoft.AspNetCore.App"], closure.Frameworks);
        Assert.Equal("X 1.2.0", closure.Owner(Of("lib/net8.0/Y.dll")));
        Assert.Equal([new AssetsFile.Log("NU1701", false, "X", "m")], assets.Logs);
    }

    [Theory]
    [InlineData("e_sqlite3")]
    [InlineData("libe_sqlite3")]
    [InlineData("libe_sqlite3.so")]
    [InlineData("e_sqlite3.dll")]
    public void A_native_library_is_found_by_the_names_that_code_gives_it(string name)
    {
        string ending = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        string file = Path.Combine(Path.GetTempPath(), "libe_sqlite3" + ending);
        Assert.Equal(file, SessionAssemblies.NativeFile(["/other/libz" + ending, file], name.Replace(".so", ending)));
        Assert.Null(SessionAssemblies.NativeFile([file], "sqlite3"));
    }
}
