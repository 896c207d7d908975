using FinML.Data;

namespace FinML.Evaluation;

/// <summary>A backtest taken apart into what the controls of <see cref="LeakControls"/> look at.</summary>
public sealed record ResearchPipeline
{
    /// <summary>The data as they came, NaN where missing.</summary>
    public required Panel Raw { get; init; }

    /// <summary>Who belonged to the universe when.</summary>
    public required IReadOnlyList<AssetLife> Roster { get; init; }

    /// <summary>From the data as they came to what the backtest reads: choice of assets, missing values.</summary>
    public required Func<Panel, Panel> Prepare { get; init; }

    /// <summary>From prepared data to features, one row each.</summary>
    public required Func<Panel, FeatureMatrix> Features { get; init; }

    /// <summary>The label that is learned.</summary>
    public required Func<Panel, LabelSet> Labels { get; init; }

    /// <summary>The folds of so many labels.</summary>
    public required Func<LabelSet, IReadOnlyList<IFold>> Split { get; init; }

    /// <summary>Scales all features for a fold.</summary>
    public required Func<FeatureMatrix, TrainingSlice, FeatureMatrix> Scale { get; init; }

    /// <summary>From prepared data to the weight of the first asset that earns the return of each row.</summary>
    public required Func<Panel, double[]> Held { get; init; }
}
