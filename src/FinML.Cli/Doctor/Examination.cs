using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using FinML.Cli.Terminal;

namespace FinML.Cli.Doctor;

/// <summary>Compares the machine and the clone with the manifest, item by item.</summary>
internal static class Examination
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(string root, CancellationToken stop)
    {
        var manifest = Manifest.Read(root);
        var findings = new List<Finding>();

        var sdk = await Machine.SdkAsync(root, stop);
        findings.Add(sdk is null
            ? new Finding(".NET SDK", manifest.Sdk.Version, "none", Verdict.Missing,
                "Install the .NET 10 SDK and put dotnet on the path.")
            : Compare(".NET SDK", manifest.Sdk.Version, sdk));
        findings.Add(new Finding(
            ".NET runtime", "10", Environment.Version.ToString(),
            Environment.Version.Major == 10 ? Verdict.Same : Verdict.Differs));
        findings.Add(Compare("torch engine", manifest.Torch.Backend, typeof(torch).Assembly.GetName().Name!));
        findings.AddRange(Packages(root, manifest));
        findings.AddRange(await DataAsync(root, manifest, stop));
        findings.AddRange(Hardware(manifest));
        return findings;
    }

    private static Finding Compare(string name, string expected, string found) =>
        new(name, expected, found, expected == found ? Verdict.Same : Verdict.Differs);

    /// <summary>The manifest's packages beside what the lock files resolve.</summary>
    private static IEnumerable<Finding> Packages(string root, Manifest manifest)
    {
        var locked = new SortedDictionary<string, SortedSet<string>>(StringComparer.OrdinalIgnoreCase);
        string[] folders = [Path.Combine(root, "src"), Path.Combine(root, "tests")];
        foreach (var folder in folders.Where(Directory.Exists))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "packages.lock.json", SearchOption.AllDirectories))
            {
                var frameworks = (JsonNode.Parse(File.ReadAllBytes(file))?["dependencies"] as JsonObject)
                    ?.Select(pair => pair.Value as JsonObject) ?? [];
                foreach (var (name, entry) in frameworks.SelectMany(framework => framework ?? []))
                {
                    if (entry?["resolved"]?.ToString() is { } version)
                        (locked.TryGetValue(name, out var set) ? set : locked[name] = []).Add(version);
                }
            }
        }

        foreach (var (name, version) in manifest.Packages.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            yield return locked.TryGetValue(name, out var versions)
                ? Compare($"package {name}", version, string.Join(", ", versions))
                : new Finding($"package {name}", version, "in no lock file", Verdict.Differs);
        }
    }

    /// <summary>Every file of the catalogue beside its recorded hash.</summary>
    private static async Task<IReadOnlyList<Finding>> DataAsync(string root, Manifest manifest, CancellationToken stop)
    {
        var path = Path.Combine(root, manifest.Data.Catalog);
        if (!File.Exists(path))
            return [new Finding("data catalogue", manifest.Data.Catalog, "none", Verdict.Missing)];

        JsonArray? sets;
        try
        {
            sets = JsonNode.Parse(await File.ReadAllBytesAsync(path, stop))?["dataSets"] as JsonArray;
        }
        catch (JsonException error)
        {
            throw new UserErrorException(
                $"{path} is not valid JSON at line {error.LineNumber + 1}: restore it with 'git checkout'.");
        }

        if (sets is null)
            throw new UserErrorException($"{path} has no list \"dataSets\": restore it with 'git checkout'.");

        var findings = new List<Finding>();
        foreach (var set in sets)
        {
            if (set?["file"]?.ToString() is not { } file || set["sha256"]?.ToString() is not { } expected)
                continue;
            if (set["fetchable"]?.GetValue<bool>() == true)
                continue; // it is not a part of the clone: 'finml data list' says which are here
            var full = Path.Combine(Path.GetDirectoryName(path)!, file);
            if (!File.Exists(full))
            {
                findings.Add(new Finding($"data {file}", Short(expected), "none", Verdict.Missing));
                continue;
            }

            await using var stream = File.OpenRead(full);
            var found = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, stop));
            findings.Add(new Finding(
                $"data {file}", Short(expected), Short(found), found == expected ? Verdict.Same : Verdict.Wrong));
        }

        return findings;
    }

    private static IEnumerable<Finding> Hardware(Manifest manifest)
    {
        var cores = Environment.ProcessorCount.ToString();
        var memory = FormattableString.Invariant($"{Machine.MemoryMegabytes:F0} MiB");
        if (manifest.LastReproduction is not { } last)
        {
            const string None = "no reproduction recorded yet";
            yield return new Finding("system", None, Machine.Name, Verdict.Noted);
            yield return new Finding("processor", None, Machine.Cpu(), Verdict.Noted);
            yield return new Finding("cores", None, cores, Verdict.Noted);
            yield return new Finding("memory", None, memory, Verdict.Noted);
            yield break;
        }

        yield return Compare("system", last.Machine, Machine.Name);
        yield return Compare("processor", last.Cpu, Machine.Cpu());
        yield return Compare("cores", last.Cores.ToString(), cores);
        // Memory is reported a little differently from boot to boot.
        var near = Math.Abs(last.MemoryMegabytes - Machine.MemoryMegabytes) < 0.05 * last.MemoryMegabytes;
        yield return new Finding(
            "memory", FormattableString.Invariant($"{last.MemoryMegabytes:F0} MiB"), memory,
            near ? Verdict.Same : Verdict.Differs);
        if (Machine.MemoryMegabytes < last.PeakMemoryMegabytes)
        {
            yield return new Finding(
                "memory for a full run", FormattableString.Invariant($"{last.PeakMemoryMegabytes:F0} MiB"), memory,
                Verdict.Missing, "Close other programs, or use a machine with more memory.");
        }
    }

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] : hash;
}
