using FinML.Notebooks.Packages;

namespace FinML.Notebooks.Tests.Packages;

/// <summary>Sentences for what NuGet says; its words are those of .NET SDK 10.0.</summary>
public sealed class RestoreFailureTests
{
    [Theory]
    [InlineData("X, 1.0.0", "NU1101", "X",
        "Unable to find package X. No packages exist with this id in source(s): nuget.org",
        "there is no package X in the sources (nuget.org). Check the name, or add a source that has it: "
            + "#i \"nuget:FOLDER-OR-URL\", or nuget.config.")]
    [InlineData("Tiny.Outter, 1.0.0", "NU1101", "Tiny.Outter",
        "Unable to find package Tiny.Outter. No packages exist with this id in source(s): a, b",
        "there is no package Tiny.Outter in the sources (a, b). Did you mean Tiny.Outer?")]
    [InlineData("X, 1.0.0", "NU1101", "Y", "Unable to find package Y. No packages exist with this id in source(s): a",
        "the package Y, which X needs, is in none of the sources (a). Add a source that has it: "
            + "#i \"nuget:FOLDER-OR-URL\", or nuget.config.")]
    [InlineData("X, 9.0.0", "NU1102", "X",
        "Unable to find package X with version (>= 9.0.0)\\n  - Found 2 version(s) in a [ Nearest version: 1.0.0 ]",
        "X has no version 9.0.0; there are 1.1.0, 1.0.0, 1.0.0-rc. Write one of these versions.")]
    [InlineData("X, 1.0.5", "NU1603", "X",
        "notebook depends on X (>= 1.0.5) but X 1.0.5 was not found. X 1.1.0 was resolved instead.",
        "X has no version 1.0.5; there are 1.1.0, 1.0.0, 1.0.0-rc. Write one of these versions.")]
    [InlineData("X", "NU1103", "X", "Unable to find a stable package X with version",
        "X has no stable version; there are 1.1.0, 1.0.0, 1.0.0-rc. Write the version, or #r \"nuget:X, *-*\" for the "
            + "newest.")]
    [InlineData("X, [7.0, 8.0)", "NU1102", "X", "Unable to find package X with version (>= 7.0.0 && < 8.0.0)",
        "X has no version in [7.0, 8.0); there are 1.1.0, 1.0.0, 1.0.0-rc. Write one of these versions.")]
    [InlineData("X, 1.0.0", "NU1202", "X",
        "Package X 1.0.0 is not compatible with net10.0 (.NETCoreApp,Version=v10.0). Package X 1.0.0 supports: net99.0 "
            + "(.NETCoreApp,Version=v99.0)",
        "X 1.0.0 has nothing for .NET 10; it is made for net99.0. Ask for another version of it, or for a package made "
            + "for .NET or .NET Standard.")]
    [InlineData("X, 1.0.0", "NU1202", "X",
        "Package X 1.0.0 is not compatible with net10.0 (.NETCoreApp,Version=v10.0). Package X 1.0.0 supports:\\n"
            + "  - monoandroid10.0 (MonoAndroid,Version=v10.0)\\n  - uap10.0.16299 (UAP,Version=v10.0.16299)",
        "X 1.0.0 has nothing for .NET 10; it is made for monoandroid10.0, uap10.0.16299. Ask for another version of "
            + "it, or for a package made for .NET or .NET Standard.")]
    [InlineData("X, 1.0.0", "NU1301", "",
        "Unable to load the service index for source https://api.nuget.org/v3/index.json.\\n  Connection refused",
        "the package source api.nuget.org cannot be reached, and X, 1.0.0 is not in NOWHERE. Check the network and the "
            + "sources in nuget.config; what was restored once works offline.")]
    [InlineData("X, 1.0.0", "NU1301", "",
        "Failed to retrieve information about 'X' from remote source 'https://api.nuget.org/x/index.json'.",
        "the package source api.nuget.org cannot be reached, and X, 1.0.0 is not in NOWHERE. Check the network and the "
            + "sources in nuget.config; what was restored once works offline.")]
    [InlineData("X, 1.0.0", "NU1605", "Y",
        "Warning As Error: Detected package downgrade: Y from 2.0.0 to 1.0.0.",
        "the versions do not go together: Warning As Error: Detected package downgrade: Y from 2.0.0 to 1.0.0. Ask for "
            + "a version of that package that suits all, with a #r line of its own.")]
    [InlineData("X, 1.0.0", "NU1213", "X",
        "The package X 1.0.0 has a package type DotnetTool that is incompatible with this project.",
        "X is a tool or a template and no library: it cannot be referenced.")]
    [InlineData("X, 1.0.0", "NU9999", "X", "Something  new.\\n It is bad.",
        "the packages were not restored: Something new. It is bad. (NU9999)")]
    public async Task An_error_is_one_sentence_and_what_to_do(
        string asked, string code, string package, string message, string sentence)
    {
        var error = await Assert.ThrowsAsync<ReferenceException>(() => RestoredAsync(
            asked, 1, "", Log(code, code == "NU1603" ? "Warning" : "Error", package, message)));
        Assert.Equal(sentence, (error.Message + " " + error.Hint).Trim());
    }

    [Fact]
    public Task A_version_that_another_package_asks_for_and_misses_is_no_error() => RestoredAsync(
        "X, 1.0.0", 0, "", Log("NU1603", "Warning", "Y",
            "X 1.0.0 depends on Y (>= 1.0.5) but Y 1.0.5 was not found. Y 1.1.0 was resolved instead."));

    [Fact]
    public async Task A_restore_that_never_began_is_said()
    {
        var error = await Assert.ThrowsAsync<ReferenceException>(() => RestoredAsync(
            "X, 1.0.0", 1, "/x/notebook.csproj : error MSB4236: The SDK 'Y' specified could not be found.\n", null));
        Assert.Equal(
            "the packages were not restored: The SDK 'Y' specified could not be found.", error.Message);
    }

    private static RestoreFailure Failure(string asked) => new(
        [PackageRequest.Parse(asked)], new LocalPackages("NOWHERE"),
        (arguments, _) => Task.FromResult<IReadOnlyList<(string, string)>>(arguments[0] switch
        {
            "X" when arguments.Contains("--exact-match") => [("x", "1.0.0"), ("x", "1.1.0"), ("x", "1.0.0-rc")],
            "Tiny" => [("Tiny.Outer", "1.0.0"), ("Tiny.Else", "1.0.0")],
            _ => [],
        }));

    /// <summary>What comes of a restore that ended with an exit code, an output, and the log of its assets
    /// file.</summary>
    private static async Task RestoredAsync(string asked, int exit, string output, string? assets)
    {
        using Notebooks.Folder folder = new();
        string file = Path.Combine(folder.Path, "project.assets.json");
        if (assets is not null)
            File.WriteAllText(file, assets);
        await Failure(asked).ThrowIfAnyAsync(new(exit, "", output), AssetsFile.TryRead(file), default);
    }

    private static string Log(string code, string level, string package, string message) => $$"""
        { "logs": [ { "code": "{{code}}", "level": "{{level}}", "message": "{{message}}",
          "libraryId": "{{package}}" } ] }
        """;
}
