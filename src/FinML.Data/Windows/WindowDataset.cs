namespace FinML.Data;

/// <summary>
/// Windows of features and their labels as tensors: the sample of row t is the features of the rows t-window+1 .. t,
/// and the label of row t. What a window shows is known at the close of t; what its label looks at comes after.
/// </summary>
public sealed class WindowDataset
{
    private readonly float[] _features; // (rows, features)
    private readonly double[] _labels;
    private readonly int[] _incomplete; // [t]: how many of the rows 0..t-1 lack a value

    /// <summary>The windows over a matrix.</summary>
    /// <param name="features">rows x features, NaN where missing.</param>
    /// <param name="labels">A label a row, NaN where it is not known.</param>
    /// <param name="window">The rows of a window, 1 to the rows of the matrix.</param>
    /// <exception cref="ArgumentException">There are not as many labels as rows, or the window is outside its
    /// range.</exception>
    public WindowDataset(FeatureMatrix features, double[] labels, int window)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Length != features.Rows)
        {
            throw new ArgumentException($"There are {labels.Length} labels for {features.Rows} rows.", nameof(labels));
        }

        if (window < 1 || window > features.Rows)
        {
            throw new ArgumentOutOfRangeException(nameof(window), window,
                $"The window must be in [1, {features.Rows}], the rows of the matrix.");
        }

        Window = window;
        Features = features.Columns;
        Length = features.Rows;
        Names = features.Names;
        _labels = (double[])labels.Clone();
        _features = new float[features.Values.Length];
        _incomplete = new int[Length + 1];
        for (int t = 0; t < Length; t++)
        {
            bool complete = true;
            ReadOnlySpan<double> row = features.Row(t);
            for (int j = 0; j < Features; j++)
            {
                float value = (float)row[j];
                _features[t * Features + j] = value;
                complete &= float.IsFinite(value);
            }

            _incomplete[t + 1] = _incomplete[t] + (complete ? 0 : 1);
        }
    }

    /// <summary>The rows of a window.</summary>
    public int Window { get; }

    /// <summary>The number of features.</summary>
    public int Features { get; }

    /// <summary>The rows of the matrix.</summary>
    public int Length { get; }

    /// <summary>The names of the features.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether the window that ends at row <paramref name="t"/> is whole: t in range and nothing
    /// missing.</summary>
    public bool HasWindow(int t) =>
        t >= Window - 1 && t < Length && _incomplete[t + 1] == _incomplete[t + 1 - Window];

    /// <summary>Whether row <paramref name="t"/> can be learnt from: a whole window and a known label.</summary>
    public bool HasSample(int t) => HasWindow(t) && double.IsFinite(_labels[t]);

    /// <summary>The training rows that can be learnt from. Windows reach back before the slice; that is the past,
    /// and where a cross-validation trains on rows after a test its embargo has to be as long as the
    /// window.</summary>
    /// <exception cref="ArgumentException">The slice was split from a series of another length.</exception>
    public int[] TrainingRows(TrainingSlice train)
    {
        ArgumentNullException.ThrowIfNull(train);
        return train.SeriesLength == Length
            ? [.. train.Rows().Where(HasSample)]
            : throw new ArgumentException($"The training slice was split from a series of {train.SeriesLength} rows; "
            + $"the data "
                + $"set has {Length}.", nameof(train));
    }

    /// <summary>The test rows of a fold with a whole window, whether their label is known or not.</summary>
    /// <exception cref="ArgumentException">The fold was split from a series of another length.</exception>
    public int[] TestRows(IFold fold)
    {
        ArgumentNullException.ThrowIfNull(fold);
        return fold.Train.SeriesLength == Length
            ? [.. fold.Test.SelectMany(range => range.Rows()).Where(HasWindow)]
            : throw new ArgumentException($"The fold was split from a series of {fold.Train.SeriesLength} rows; the "
            + $"data set has "
                + $"{Length}.", nameof(fold));
    }

    /// <summary>The windows that end at the given rows: (batch, time, features), float32.</summary>
    /// <exception cref="ArgumentException">There is no row, or one without a whole window.</exception>
    public Tensor Windows(ReadOnlySpan<int> rows)
    {
        RequireRows(rows);
        float[] values = new float[rows.Length * Window * Features]; // (batch, time, features)
        CopyWindows(rows, values);
        return tensor(values, device: Devices.Default).reshape(rows.Length, Window, Features);
    }

    /// <summary>Writes the windows that end at the given rows into a buffer of batch x time x features.</summary>
    /// <exception cref="ArgumentException">A row has no whole window, or the buffer is not of that size.</exception>
    public void CopyWindows(ReadOnlySpan<int> rows, Span<float> destination)
    {
        int size = Window * Features;
        if (destination.Length != rows.Length * size)
        {
            throw new ArgumentException($"The buffer has {destination.Length} values; {rows.Length} windows of "
                + $"{Window} x "
                + $"{Features} need {rows.Length * size}.", nameof(destination));
        }

        for (int i = 0; i < rows.Length; i++)
        {
            int t = rows[i];
            if (!HasWindow(t))
            {
                throw new ArgumentException($"Row {t} has no whole window of {Window} rows: it must be in "
                    + $"[{Window - 1}, "
                    + $"{Length}) with no value missing (is it in the warm-up?).", nameof(rows));
            }

            _features.AsSpan((t + 1 - Window) * Features, size).CopyTo(destination.Slice(i * size, size));
        }
    }

    /// <summary>The labels of the given rows: (batch), float32.</summary>
    /// <exception cref="ArgumentException">There is no row, or one whose label is not known.</exception>
    public Tensor Labels(ReadOnlySpan<int> rows)
    {
        RequireRows(rows);
        float[] values = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            int t = rows[i];
            if (t < 0 || t >= Length || !double.IsFinite(_labels[t]))
            {
                throw new ArgumentException($"Row {t} has no label: it must be in [0, {Length}) and its label known.",
                    nameof(rows));
            }

            values[i] = (float)_labels[t];
        }

        return tensor(values, device: Devices.Default);
    }

    private static void RequireRows(ReadOnlySpan<int> rows)
    {
        if (rows.IsEmpty)
        {
            throw new ArgumentException("A batch needs at least one row; there are 0.", nameof(rows));
        }
    }
}
