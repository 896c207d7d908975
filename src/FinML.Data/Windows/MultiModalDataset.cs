namespace FinML.Data;

/// <summary>
/// Windows over several channels with clocks of their own, aligned by availability: the sample of row t shows what had
/// become known at decision time t and nothing later, not what is about a time before. Channels keep their own lengths;
/// what is missing, unknown yet or too old is 0 and masked.
/// </summary>
public sealed class MultiModalDataset
{
    private readonly long[] _decisions; // ticks, strictly increasing
    private readonly double[] _labels;
    private readonly ChannelWindow[] _windows;
    private readonly int[][] _known; // [window][decision]: how many rows of the channel were known then

    /// <summary>The windows of decisions and their labels.</summary>
    /// <param name="decisions">When each decision falls, UTC, strictly increasing: a panel's AvailableAt, for
    /// instance.</param>
    /// <param name="labels">A label a decision, NaN where it is not known.</param>
    /// <param name="windows">The windows, of channels with distinct names; at least one.</param>
    /// <exception cref="ArgumentException">Lengths differ, the decisions are not in order, or a window is outside its
    /// range.</exception>
    public MultiModalDataset(IReadOnlyList<DateTime> decisions, double[] labels, params ChannelWindow[] windows)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(windows);
        if (labels.Length != decisions.Count)
        {
            throw new ArgumentException($"There are {labels.Length} labels for {decisions.Count} decisions.",
                nameof(labels));
        }

        for (int t = 0; t < decisions.Count; t++)
        {
            if (decisions[t].Kind == DateTimeKind.Local || (t > 0 && decisions[t] <= decisions[t - 1]))
            {
                throw new ArgumentException($"Decision {t} at {decisions[t]:O} does not follow the one before: times "
                    + "are UTC and strictly increasing.", nameof(decisions));
            }
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (ChannelWindow window in windows)
        {
            ArgumentNullException.ThrowIfNull(window, nameof(windows));
            window.Validate();
            if (!names.Add(window.Channel.Name))
            {
                throw new ArgumentException($"The channel '{window.Channel.Name}' is twice there.", nameof(windows));
            }
        }

        if (windows.Length == 0)
        {
            throw new ArgumentException("A data set needs at least one channel; there are 0.", nameof(windows));
        }

        _decisions = [.. decisions.Select(time => time.Ticks)];
        _labels = (double[])labels.Clone();
        _windows = [.. windows];
        _known = [.. windows.Select(window => Array.ConvertAll(_decisions, window.Channel.KnownAt))];
    }

    /// <summary>The number of decisions.</summary>
    public int Length => _decisions.Length;

    /// <summary>The windows, in order.</summary>
    public IReadOnlyList<ChannelWindow> Windows => _windows.AsReadOnly();

    /// <summary>Whether row <paramref name="t"/> is in range and no required window lacks a value there.</summary>
    public bool HasWindow(int t)
    {
        if ((uint)t >= (uint)Length)
        {
            return false;
        }

        for (int w = 0; w < _windows.Length; w++)
        {
            ChannelWindow window = _windows[w];
            for (int step = 0; window.Required && step < window.Steps; step++)
            {
                int row = RowOf(w, t, step);
                if (row < 0 || window.Channel.Row(row).ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The training rows with a window and a known label.</summary>
    /// <exception cref="ArgumentException">The slice was split from a series of another length.</exception>
    public int[] TrainingRows(TrainingSlice train)
    {
        ArgumentNullException.ThrowIfNull(train);
        CheckLength(train);
        return [.. train.Rows().Where(t => HasWindow(t) && double.IsFinite(_labels[t]))];
    }

    /// <summary>The test rows of a fold with a window, whether their label is known or not.</summary>
    /// <exception cref="ArgumentException">The fold was split from a series of another length.</exception>
    public int[] TestRows(IFold fold)
    {
        ArgumentNullException.ThrowIfNull(fold);
        CheckLength(fold.Train);
        return [.. fold.Test.SelectMany(range => range.Rows()).Where(HasWindow)];
    }

    /// <summary>The channels of the given rows by name.</summary>
    /// <exception cref="ArgumentException">There is no row, or one without a window.</exception>
    public IReadOnlyDictionary<string, ChannelBatch> Batch(ReadOnlySpan<int> rows)
    {
        CheckRows(rows);
        Dictionary<string, ChannelBatch> batch = new(StringComparer.Ordinal);
        for (int w = 0; w < _windows.Length; w++)
        {
            batch[_windows[w].Channel.Name] = Batch(w, rows);
        }

        return batch;
    }

    /// <summary>The labels of the given rows: (batch), float32.</summary>
    /// <exception cref="ArgumentException">There is no row, or one whose label is not known.</exception>
    public Tensor Labels(ReadOnlySpan<int> rows)
    {
        CheckRows(rows);
        float[] values = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            values[i] = double.IsFinite(_labels[rows[i]])
                ? (float)_labels[rows[i]]
                : throw new ArgumentException($"Row {rows[i]} has no label.", nameof(rows));
        }

        return tensor(values, device: Devices.Default);
    }

    private ChannelBatch Batch(int w, ReadOnlySpan<int> rows)
    {
        ChannelWindow window = _windows[w];
        int features = window.Channel.Features.Count;
        double[] values = new double[rows.Length * window.Steps * features]; // (batch, time, features)
        bool[] mask = new bool[values.Length];
        int next = 0;
        foreach (int t in rows)
        {
            for (int step = 0; step < window.Steps; step++, next += features)
            {
                int row = RowOf(w, t, step);
                for (int j = 0; row >= 0 && j < features; j++)
                {
                    double value = window.Channel.Row(row)[j];
                    mask[next + j] = !double.IsNaN(value);
                    values[next + j] = mask[next + j] ? value : 0;
                }
            }
        }

        long[] shape = [rows.Length, window.Steps, features];
        Tensor numbers = window.Channel.Kind == ChannelKind.Categorical
            ? tensor(Array.ConvertAll(values, x => (long)x), device: Devices.Default)
            : tensor(Array.ConvertAll(values, x => (float)x), device: Devices.Default);
        return new ChannelBatch(numbers.reshape(shape), tensor(mask, device: Devices.Default).reshape(shape));
    }

    /// <summary>The channel's row at a step of the window of decision t; -1 where none is known or fresh
    /// enough.</summary>
    private int RowOf(int w, int t, int step)
    {
        ChannelWindow window = _windows[w];
        int back = window.Steps - 1 - step;
        bool own = window.Clock == ChannelClock.Own;
        int decision = own ? t : t - back;
        if (decision < 0)
        {
            return -1;
        }

        int row = _known[w][decision] - 1 - (own ? back : 0);
        bool fresh = row >= 0 && (window.MaximumAge is not { } age
            || _decisions[decision] - window.Channel.Known(row) <= age.Ticks);
        return fresh ? row : -1;
    }

    private void CheckRows(ReadOnlySpan<int> rows)
    {
        if (rows.IsEmpty)
        {
            throw new ArgumentException("A batch needs at least one row; there are 0.", nameof(rows));
        }

        foreach (int t in rows)
        {
            if (!HasWindow(t))
            {
                throw new ArgumentException($"Row {t} has no window: it must be in [0, {Length}), and no required "
                    + "channel may lack a value there.", nameof(rows));
            }
        }
    }

    private void CheckLength(TrainingSlice train)
    {
        if (train.SeriesLength != Length)
        {
            throw new ArgumentException($"The training slice was split from a series of {train.SeriesLength} rows; the "
                + $"data set has {Length}.", nameof(train));
        }
    }
}
