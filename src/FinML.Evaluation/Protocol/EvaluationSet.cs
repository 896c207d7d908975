using FinML.Data;

namespace FinML.Evaluation;

/// <summary>A data set of a rigorous evaluation: features, and the label of each row with the rows that it
/// reads.</summary>
public sealed record EvaluationSet
{
    /// <summary>What it is called in tables and in the declared family.</summary>
    public required string Name { get; init; }

    /// <summary>One row for each time.</summary>
    public required FeatureMatrix Features { get; init; }

    /// <summary>As many; simple returns over the label's horizon.</summary>
    public required LabelSet Labels { get; init; }

    /// <summary>Hash of the data: <see cref="PanelHash"/> of the panel, or that of the catalogue.</summary>
    public required string DataHash { get; init; }

    /// <summary>Rows in a year: 252 for days.</summary>
    public double PeriodsPerYear { get; init; } = 252;

    /// <summary>The first row whose features are complete.</summary>
    public int WarmUp { get; init; }

    /// <exception cref="ArgumentException">A name is missing, or the lengths differ.</exception>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Name);
        ArgumentException.ThrowIfNullOrWhiteSpace(DataHash);
        ArgumentNullException.ThrowIfNull(Features);
        ArgumentNullException.ThrowIfNull(Labels);
        if (Features.Rows != Labels.Length)
            throw new ArgumentException(
                $"'{Name}' has {Features.Rows} rows of features and {Labels.Length} labels; there must be one "
                + "for each.");
        if (!(PeriodsPerYear > 0) || double.IsInfinity(PeriodsPerYear))
            throw new ArgumentException($"'{Name}' has {PeriodsPerYear:R} periods a year; it must be above 0.");
        if (WarmUp < 0 || WarmUp >= Features.Rows)
            throw new ArgumentException(
                $"The warm-up of '{Name}' is {WarmUp}; it must be from 0 to {Features.Rows - 1}.");
    }
}
