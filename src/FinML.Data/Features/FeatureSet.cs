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

    /// <summary>The names, in column order.</summary>
    public IReadOnlyList<string> Names { get; private init; }

    /// <summary>The number of first rows on which at least one feature is not defined: the longest lookback.</summary>
    public int WarmUp { get; }

    /// <summary>What is done about values that are missing in the panel, before the features, in this
    /// order.</summary>
    public IReadOnlyList<FillPolicy> MissingInputs { get; private init; } = [];

    /// <summary>What is done about missing features, in this order; see <see cref="Names"/> for the columns it
    /// adds.</summary>
    public IReadOnlyList<MissingPolicy> Missing { get; private init; } = [];

    /// <summary>The policies by name, inputs before features: keep|mask+forward_fill_5+pad_0.</summary>
    public string MissingName => $"{MissingPolicy.NameOf(MissingInputs)}|{MissingPolicy.NameOf(Missing)}";

    /// <summary>The same features over a panel whose missing values are filled first.</summary>
    public FeatureSet WithMissingInputs(params FillPolicy[] policies) => new(_features)
    {
        MissingInputs = MissingPolicy.Check(policies, nameof(policies)).AsReadOnly(),
        Missing = Missing,
        Names = Names,
    };

    /// <summary>The same features with these policies for what is missing in them.</summary>
    public FeatureSet WithMissing(params MissingPolicy[] policies)
    {
        MissingPolicy[] checkedPolicies = MissingPolicy.Check(policies, nameof(policies));
        return new FeatureSet(_features)
        {
            MissingInputs = MissingInputs,
            Missing = checkedPolicies.AsReadOnly(),
            Names = checkedPolicies.Aggregate((IReadOnlyList<string>)[.. _features.Select(f => f.Name)],
                (names, policy) => policy.Columns(names)),
        };
    }

    /// <summary>All features of one asset: panel rows x columns, NaN in each feature's warm-up.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="asset">The asset.</param>
    /// <param name="train">The training rows, where a policy for missing values needs them.</param>
    /// <exception cref="ArgumentException">The panel lacks the asset or a field that a feature reads, or a policy needs
    /// training rows.</exception>
    public FeatureMatrix Compute(Panel panel, string asset, TrainingSlice? train = null)
    {
        FeatureMatrix features = Raw(MissingValues.Apply(panel, MissingInputs, train), asset);
        return MissingValues.Apply(features, Missing, WarmUp, train);
    }

    private FeatureMatrix Raw(Panel panel, string asset)
    {
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

        return FeatureMatrix.Wrap(panel.Times, [.. _features.Select(f => f.Name)], values);
    }
}
