using FinML.Data;

namespace FinML.Evaluation;

/// <summary>What a model may learn from in one fold.</summary>
public sealed class TrainingSample
{
    private readonly double[] _labels;

    internal TrainingSample(TrainingSlice slice, FeatureMatrix features, double[] labels)
    {
        Slice = slice;
        Features = features;
        _labels = labels;
        Rows = [.. slice.Rows().Where(row => double.IsFinite(labels[row]) && features.IsComplete(row))];
    }

    /// <summary>The training rows: what a scaler is fitted on.</summary>
    public TrainingSlice Slice { get; }

    /// <summary>The features of all rows; a window of training row t reads rows up to t.</summary>
    public FeatureMatrix Features { get; }

    /// <summary>The training rows whose label is known and whose features are complete, in order.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>The label of a training row; NaN where it is not known.</summary>
    /// <exception cref="LookAheadException">The row is not a training row.</exception>
    public double Label(int row) => Slice.Contains(row)
        ? _labels[row]
        : throw new LookAheadException($"Row {row} is not a training row ({Slice}); its label is the test's.");
}
