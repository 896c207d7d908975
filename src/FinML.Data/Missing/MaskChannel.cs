namespace FinML.Data;

/// <summary>
/// A column more for each feature, NAME_present: 1 where the feature has a value and 0 where it is missing. It fills
/// nothing; the policies after it do, and the model is told what they made up.
/// </summary>
public sealed record MaskChannel : MissingPolicy
{
    private const string Suffix = "_present";

    /// <inheritdoc/>
    public override string Name => "mask";

    /// <inheritdoc/>
    public override bool NeedsTraining => false;

    internal override IReadOnlyList<string> Columns(IReadOnlyList<string> names) =>
        [.. names, .. names.Select(name => name + Suffix)];

    internal override double[][] Apply(IReadOnlyList<double[]> columns, int warmUp, TrainingSlice? train) =>
        [.. columns, .. columns.Select(column => Array.ConvertAll(column, x => double.IsNaN(x) ? 0.0 : 1.0))];
}
