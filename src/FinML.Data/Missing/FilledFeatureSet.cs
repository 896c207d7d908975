namespace FinML.Data;

/// <summary>
/// A feature set together with what is done about missing values, by name: before the features are computed (prices
/// carried over a holiday) and after (a mask, a constant). Nothing is filled that is not named here.
/// </summary>
public sealed class FilledFeatureSet
{
    /// <summary>The features and the policies, applied in their order; none keeps what is missing as NaN.</summary>
    /// <param name="features">The features.</param>
    /// <param name="inputs">Policies for the panel that the features read.</param>
    /// <param name="outputs">Policies for the features.</param>
    /// <exception cref="ArgumentException">A policy is null, or a column that one adds is there already.</exception>
    public FilledFeatureSet(FeatureSet features, IReadOnlyList<FillPolicy>? inputs = null,
        IReadOnlyList<MissingPolicy>? outputs = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        Features = features;
        Inputs = MissingPolicy.Check(inputs, nameof(inputs));
        Outputs = MissingPolicy.Check(outputs, nameof(outputs));
        Names = Outputs.Aggregate(features.Names, (names, policy) => policy.Columns(names));
        if (Names.Distinct(StringComparer.Ordinal).Count() != Names.Count)
        {
            throw new ArgumentException($"The policies {MissingName} make a column twice: {string.Join(", ", Names)}.",
                nameof(outputs));
        }
    }

    /// <summary>The features before the policies.</summary>
    public FeatureSet Features { get; }

    /// <summary>What is done about values that are missing in the panel.</summary>
    public IReadOnlyList<FillPolicy> Inputs { get; }

    /// <summary>What is done about missing features.</summary>
    public IReadOnlyList<MissingPolicy> Outputs { get; }

    /// <summary>The names of the columns, with those that policies add.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of first rows on which at least one feature is not defined; no policy fills them.</summary>
    public int WarmUp => Features.WarmUp;

    /// <summary>The policies by name, inputs before features: keep|mask+forward_fill_5+pad_0.</summary>
    public string MissingName => $"{MissingPolicy.NameOf(Inputs)}|{MissingPolicy.NameOf(Outputs)}";

    /// <summary>All columns of one asset: panel rows x columns.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="asset">The asset.</param>
    /// <param name="train">The training rows, where a policy needs them.</param>
    /// <exception cref="ArgumentException">The panel lacks the asset or a field that a feature reads, or a policy needs
    /// training rows.</exception>
    public FeatureMatrix Compute(Panel panel, string asset, TrainingSlice? train = null) => MissingValues.Apply(
        Features.Compute(MissingValues.Apply(panel, Inputs, train), asset), Outputs, WarmUp, train);
}
