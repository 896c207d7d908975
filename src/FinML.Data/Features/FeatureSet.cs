namespace FinML.Data;

/// <summary>Features in a fixed order, computed together over a panel, each row through its point-in-time
/// view.</summary>
public sealed class FeatureSet
{
    private readonly IFeature[] _features;

    /// <summary>A set of features with distinct names, at least one.</summary>
    /// <exception cref="ArgumentException">There is none, one is null, or two have the same name.</exception>
    public FeatureSet(params IFeature[] features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Length == 0)
        {
            throw new ArgumentException("A feature set needs at least one feature; there are 0.", nameof(features));
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (IFeature feature in features)
        {
            ArgumentNullException.ThrowIfNull(feature, nameof(features));
            if (!names.Add(feature.Name))
            {
                throw new ArgumentException($"The feature '{feature.Name}' is twice in the set.", nameof(features));
            }
        }

        _features = [.. features];
        Names = [.. _features.Select(f => f.Name)];
        WarmUp = _features.Max(f => f.Lookback);
    }

    /// <summary>The features, in column order.</summary>
    public IReadOnlyList<IFeature> Features => Array.AsReadOnly(_features);

    /// <summary>The names, in column order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of first rows on which at least one feature is not defined: the longest lookback.</summary>
    public int WarmUp { get; }

    /// <summary>All features of one asset: panel rows x features, NaN in each feature's warm-up.</summary>
    /// <exception cref="ArgumentException">The panel lacks the asset or a field that a feature reads.</exception>
    public FeatureMatrix Compute(Panel panel, string asset)
    {
        ArgumentNullException.ThrowIfNull(panel);
        int a = panel.AssetIndex(asset);
        double[] values = new double[panel.Length * _features.Length]; // (rows, features)
        for (int t = 0; t < panel.Length; t++)
        {
            PointInTimeView view = new(panel, t);
            for (int j = 0; j < _features.Length; j++)
            {
                values[t * _features.Length + j] =
                    t < _features[j].Lookback ? double.NaN : _features[j].Compute(view, a);
            }
        }

        return FeatureMatrix.Wrap(panel.Times, Names, values);
    }
}
