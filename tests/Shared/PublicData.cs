using Xunit;

namespace FinML.Tests;

/// <summary>Public data sets that may not be shipped. A test that needs one says so with
/// <see cref="Require"/> under [SkippableFact] and is skipped, loudly, where it is absent.</summary>
internal static class PublicData
{
    private const string MirrorVariable = "FINML_DATA_MIRROR";

    /// <summary>The path of the file in the mirror folder.</summary>
    internal static string Require(string file)
    {
        string? mirror = Environment.GetEnvironmentVariable(MirrorVariable);
        string path = Path.Combine(mirror ?? "", file);
        Skip.If(string.IsNullOrEmpty(mirror) || !File.Exists(path),
            $"{file} is not here: set {MirrorVariable} to a folder that holds it.");
        return path;
    }
}
