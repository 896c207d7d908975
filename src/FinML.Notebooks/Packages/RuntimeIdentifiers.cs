using System.Runtime.InteropServices;

namespace FinML.Notebooks.Packages;

/// <summary>The names under which packages keep what is made for a platform: the folders runtimes/NAME.</summary>
internal static class RuntimeIdentifiers
{
    /// <summary>The platform that runs us, by its portable name: linux-x64, linux-musl-arm64, osx-arm64,
    /// win-x64.</summary>
    internal static string Current { get; } = Portable(
        OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux",
        RuntimeInformation.RuntimeIdentifier, RuntimeInformation.ProcessArchitecture);

    internal static string Portable(string system, string identifier, Architecture architecture)
    {
        // A distribution's own build calls itself alpine.3.20-x64 or ubuntu.24.04-x64.
        bool musl = system == "linux" && (identifier.Contains("musl", StringComparison.Ordinal)
            || identifier.StartsWith("alpine", StringComparison.Ordinal));
        return $"{system}{(musl ? "-musl" : "")}-{architecture.ToString().ToLowerInvariant()}";
    }

    /// <summary>The platform and what it falls back to, best first, as .NET's own graph of portable names has
    /// it.</summary>
    /// <remarks>linux-musl-x64, linux-musl, linux-x64, linux, unix-x64, unix, any.</remarks>
    internal static IReadOnlyList<string> Fallbacks(string identifier)
    {
        string[] parts = identifier.Split('-');
        (string system, string architecture) = (parts[0], parts[^1]);
        List<string> chain = [identifier];
        if (parts.Length == 3)
            chain.AddRange([$"{system}-{parts[1]}", $"{system}-{architecture}"]);
        chain.Add(system);
        if (system != "win")
            chain.AddRange([$"unix-{architecture}", "unix"]);
        chain.Add("any");
        return chain;
    }
}
