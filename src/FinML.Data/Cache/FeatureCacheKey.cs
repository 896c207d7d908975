using System.Security.Cryptography;
using System.Text;

namespace FinML.Data;

/// <summary>
/// What a cached computation depends on: the code (the module version ids of the assemblies that compute it, which
/// change with every change of their sources), the data (a <see cref="PanelHash"/>) and the options.
/// </summary>
public sealed record FeatureCacheKey
{
    private FeatureCacheKey(string hash)
    {
        Hash = hash;
    }

    /// <summary>The SHA-256 of all parts, 64 lower-case hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>The key of a feature set on one asset of a panel.</summary>
    /// <param name="set">The features: their types, names (which tell their parameters) and lookbacks count.</param>
    /// <param name="panel">The data; all assets count, since a feature may compare them.</param>
    /// <param name="asset">The asset.</param>
    /// <param name="options">Anything else that the result depends on.</param>
    public static FeatureCacheKey Of(FeatureSet set, Panel panel, string asset, string options = "")
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentException.ThrowIfNullOrWhiteSpace(asset);
        ArgumentNullException.ThrowIfNull(options);
        return Create(CodeOf(set), PanelHash.Of(panel), [asset, options, .. set.Features.Select(
            feature => $"{feature.GetType().FullName} {feature.Name} {feature.Lookback}")]);
    }

    /// <summary>The key of a feature set with policies for missing values.</summary>
    /// <param name="set">The features and policies.</param>
    /// <param name="panel">The data.</param>
    /// <param name="asset">The asset.</param>
    /// <param name="train">The training rows that the policies were given, or null.</param>
    public static FeatureCacheKey Of(FilledFeatureSet set, Panel panel, string asset, TrainingSlice? train = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        return Of(set.Features, panel, asset, $"{set.MissingName} {train}");
    }

    /// <summary>The key of these parts.</summary>
    internal static FeatureCacheKey Create(IEnumerable<string> code, string data, IEnumerable<string> options)
    {
        StringBuilder text = new();
        foreach (string part in (string[])["code", .. code, "data", data, "options", .. options])
        {
            text.Append(part.Length).Append(':').Append(part).Append('\n'); // with lengths no two lists look alike
        }

        return new FeatureCacheKey(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))));
    }

    private static IEnumerable<string> CodeOf(FeatureSet set) => set.Features.Select(feature => feature.GetType())
        .Append(typeof(FeatureSet)).Select(type => type.Module).Distinct()
        .Select(module => $"{module.Name} {module.ModuleVersionId}").Order(StringComparer.Ordinal);
}
