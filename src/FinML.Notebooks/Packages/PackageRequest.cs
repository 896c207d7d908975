using System.Text.RegularExpressions;

namespace FinML.Notebooks.Packages;

/// <summary>What a <c>#r "nuget:..."</c> line asks for.</summary>
/// <param name="Id">The package.</param>
/// <param name="Version">A version (1.2.3), a floating one (1.*, *-*) or a range ([1.0, 2.0)) as NuGet writes them;
/// null for the highest stable one.</param>
internal sealed partial record PackageRequest(string Id, string? Version)
{
    private const string Form = "Write #r \"nuget:NAME, VERSION\", as in #r \"nuget:MathNet.Numerics, 5.0.0\".";

    /// <summary>The version, where the request names one and not many.</summary>
    internal PackageVersion? Exact => Version is null ? null : PackageVersion.TryParse(Version);

    /// <summary>Whether a newer version on a source changes what the request means.</summary>
    internal bool IsFloating => Version is null || Version.Contains('*', StringComparison.Ordinal);

    /// <summary>Reads what stands behind <c>nuget:</c>.</summary>
    /// <exception cref="ReferenceException">It is not a name with or without a version.</exception>
    internal static PackageRequest Parse(string text)
    {
        int comma = text.IndexOf(',');
        string id = (comma < 0 ? text : text[..comma]).Trim(), version = comma < 0 ? "" : text[(comma + 1)..].Trim();
        if (id.Length == 0)
            throw new ReferenceException("#r \"nuget:\" needs the name of a package.", Form);
        if (id.Length > 100 || !Name().IsMatch(id))
            throw new ReferenceException($"\"{id}\" is not the name of a package.", Form);
        if (comma >= 0 && version.Length == 0)
            throw new ReferenceException($"a version is missing behind the comma of \"{text.Trim()}\".", Form);
        if (version.Length > 0 && PackageVersion.TryParse(version) is null && !Floating().IsMatch(version)
            && !IsRange(version))
        {
            throw new ReferenceException($"\"{version}\" is not a version of a package.",
                "Versions are written 1.2.3, 1.*, *-* (prereleases too) or [1.0, 2.0).");
        }

        return new(id, version.Length == 0 ? null : version);
    }

    private static bool IsRange(string text)
    {
        if (Range().Match(text) is not { Success: true } match)
            return false;
        (string low, string high) = (match.Groups[2].Value.Trim(), match.Groups[4].Value.Trim());
        if (!match.Groups[3].Success) // [1.2.3]
            return match.Groups[1].Value == "[" && match.Groups[5].Value == "]" && PackageVersion.TryParse(low) != null;
        return (low.Length > 0 || high.Length > 0)
            && (low.Length == 0 || PackageVersion.TryParse(low) is not null || Floating().IsMatch(low))
            && (high.Length == 0 || PackageVersion.TryParse(high) is not null);
    }

    public override string ToString() => Version is null ? Id : $"{Id}, {Version}";

    [GeneratedRegex(@"^\w+(?:[.-]\w+)*$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^(?:\*|(?:\d+\.){1,3}\*)(?:-(?:[0-9A-Za-z.-]*)\*)?$|^\d+(?:\.\d+){0,3}-(?:[0-9A-Za-z.-]*)\*$")]
    private static partial Regex Floating();

    [GeneratedRegex(@"^([\[(])([^,\[\]()]*)(,([^,\[\]()]*))?([\])])$")]
    private static partial Regex Range();
}
