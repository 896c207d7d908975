using System.Text.Json;
using FinML.Cli.Terminal;

namespace FinML.Cli.Doctor;

/// <summary>environment.json: what the recorded figures were made with.</summary>
internal sealed record Manifest
{
    public required int Format { get; init; }

    public required SdkEntry Sdk { get; init; }

    public required TorchEntry Torch { get; init; }

    public required DataEntry Data { get; init; }

    public required ulong DefaultSeed { get; init; }

    /// <summary>Direct packages and their versions.</summary>
    public required IReadOnlyDictionary<string, string> Packages { get; init; }

    /// <summary>The last run of everything from a clean clone, or null before the first.</summary>
    public Reproduction? LastReproduction { get; init; }

    internal sealed record SdkEntry(string Version);

    internal sealed record TorchEntry(string Backend);

    internal sealed record DataEntry(string Catalog);

    internal sealed record Reproduction(
        string Date, string Machine, string Cpu, int Cores, double MemoryMegabytes, double Seconds,
        double PeakMemoryMegabytes, IReadOnlyDictionary<string, double>? Figures);

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static Manifest Read(string root)
    {
        var path = Path.Combine(root, "environment.json");
        if (!File.Exists(path))
            throw new UserErrorException($"{path} is not there: restore it with 'git checkout environment.json'.");
        try
        {
            var manifest = JsonSerializer.Deserialize<Manifest>(File.ReadAllBytes(path), Options)
                ?? throw new JsonException("the file holds null");
            return manifest.Format == 1
                ? manifest
                : throw new UserErrorException($"{path} has the format {manifest.Format}, and this finml reads 1.");
        }
        catch (JsonException error)
        {
            throw new UserErrorException(
                $"{path} cannot be read at line {(error.LineNumber ?? 0) + 1}: "
                + $"restore it with 'git checkout', or mend it ({error.Message.Split(" Path:")[0].TrimEnd('.')}).");
        }
    }
}
