using System.Globalization;

namespace FinML.Data;

/// <summary>
/// One source of a multi-modal window on its own clock, from microseconds to months: rows of features, each with what
/// it is about and when it became known. Immutable. A revision is a row of its own that becomes known later.
/// </summary>
public sealed class Channel
{
    private readonly long[] _known; // [row]: ticks of availability, never decreasing
    private readonly double[] _values; // (rows, features)

    private Channel(string name, ChannelKind kind, IReadOnlyList<string> features, long[] known, double[] values)
    {
        Name = name;
        Kind = kind;
        Features = features;
        _known = known;
        _values = values;
    }

    /// <summary>The name, by which a batch gives it out.</summary>
    public string Name { get; }

    /// <summary>What it is made of.</summary>
    public ChannelKind Kind { get; }

    /// <summary>The names of its columns.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => _known.Length;

    /// <summary>A channel of numbers; all arrays are copied.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">Any kind but <see cref="ChannelKind.Categorical"/>.</param>
    /// <param name="features">Distinct names of the columns, at least one.</param>
    /// <param name="times">What each row is about, UTC, in any order.</param>
    /// <param name="availableAt">When each row became known, UTC: not before its time, never decreasing.</param>
    /// <param name="values">rows x features, row-major, NaN where missing.</param>
    /// <exception cref="ArgumentException">A shape, an order, a name or a value is wrong; the message says
    /// which.</exception>
    public static Channel Numeric(string name, ChannelKind kind, IReadOnlyList<string> features,
        IReadOnlyList<DateTime> times, IReadOnlyList<DateTime> availableAt, double[] values)
    {
        if (kind == ChannelKind.Categorical || !Enum.IsDefined(kind))
        {
            throw new ArgumentException($"The kind {kind} is not one of numbers; categories have a vocabulary: use "
                + $"{nameof(Categorical)}.", nameof(kind));
        }

        return Create(name, kind, features, times, availableAt, values);
    }

    /// <summary>A channel of one category a row, as codes: 1 is the first word of the vocabulary, 0 stands for a
    /// missing or an unknown one.</summary>
    /// <param name="name">Its name and that of its only column.</param>
    /// <param name="vocabulary">The words, distinct, given from outside: words that are collected from the whole sample
    /// would know its future.</param>
    /// <param name="times">What each row is about, UTC.</param>
    /// <param name="availableAt">When each row became known, UTC: not before its time, never decreasing.</param>
    /// <param name="words">The category of each row, null where missing.</param>
    /// <exception cref="ArgumentException">As <see cref="Numeric"/>, or a word is twice in the vocabulary.</exception>
    public static Channel Categorical(string name, IReadOnlyList<string> vocabulary, IReadOnlyList<DateTime> times,
        IReadOnlyList<DateTime> availableAt, IReadOnlyList<string?> words)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(words);
        Dictionary<string, int> codes = new(StringComparer.Ordinal);
        foreach (string word in vocabulary)
        {
            if (!codes.TryAdd(word, codes.Count + 1))
            {
                throw new ArgumentException($"The word '{word}' is twice in the vocabulary of '{name}'.",
                    nameof(vocabulary));
            }
        }

        return Create(name, ChannelKind.Categorical, [name], times, availableAt,
            [.. words.Select(word => word is not null && codes.TryGetValue(word, out int code) ? code : double.NaN)]);
    }

    /// <summary>A channel of some fields of one asset of a panel, known when the panel says.</summary>
    /// <exception cref="ArgumentException">The panel lacks the asset or a field.</exception>
    public static Channel OfPanel(string name, ChannelKind kind, Panel panel, string asset, params string[] fields)
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(fields);
        double[] values = new double[panel.Length * fields.Length];
        for (int j = 0; j < fields.Length; j++)
        {
            ReadOnlySpan<double> column = panel.Column(asset, fields[j]);
            for (int t = 0; t < panel.Length; t++)
            {
                values[t * fields.Length + j] = column[t];
            }
        }

        return Numeric(name, kind, fields, panel.Times, panel.AvailableAt, values);
    }

    /// <summary>A channel of features, such as scaled ones, known when their panel says.</summary>
    /// <exception cref="ArgumentException">There is not one time of availability for each row.</exception>
    public static Channel OfFeatures(string name, ChannelKind kind, FeatureMatrix features,
        IReadOnlyList<DateTime> availableAt)
    {
        ArgumentNullException.ThrowIfNull(features);
        return Numeric(name, kind, features.Names, features.Times, availableAt, features.Values.ToArray());
    }

    /// <summary>How many rows were known at a time: the last of them is the row before.</summary>
    internal int KnownAt(long ticks)
    {
        int low = 0, high = _known.Length; // the first row that became known after the time
        while (low < high)
        {
            int middle = low + (high - low) / 2;
            (low, high) = _known[middle] <= ticks ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>When a row became known.</summary>
    internal long Known(int row) => _known[row];

    /// <summary>The values of a row.</summary>
    internal ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * Features.Count, Features.Count);

    private static Channel Create(string name, ChannelKind kind, IReadOnlyList<string> features,
        IReadOnlyList<DateTime> times, IReadOnlyList<DateTime> availableAt, double[] values)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(availableAt);
        ArgumentNullException.ThrowIfNull(values);
        if (features.Count == 0 || features.Any(string.IsNullOrWhiteSpace)
            || features.Distinct(StringComparer.Ordinal).Count() != features.Count)
        {
            throw new ArgumentException($"Channel '{name}' needs distinct names of columns, at least one; got "
                + $"[{string.Join(", ", features)}].", nameof(features));
        }

        if (availableAt.Count != times.Count || values.Length != (long)times.Count * features.Count)
        {
            throw new ArgumentException($"Channel '{name}' has {times.Count} times, {availableAt.Count} times of "
                + $"availability and {values.Length} values for {features.Count} columns: they do not fit.",
                nameof(values));
        }

        long[] known = new long[times.Count];
        for (int t = 0; t < known.Length; t++)
        {
            known[t] = availableAt[t].Ticks;
            if (times[t].Kind == DateTimeKind.Local || availableAt[t].Kind == DateTimeKind.Local
                || known[t] < times[t].Ticks || (t > 0 && known[t] < known[t - 1]))
            {
                throw new ArgumentException($"Channel '{name}', row {t} is about {Show(times[t])} and known at "
                    + $"{Show(availableAt[t])}: times are UTC, and a row is known neither before its time nor before "
                    + "the row above.", nameof(availableAt));
            }
        }

        int infinite = Array.FindIndex(values, double.IsInfinity);
        return infinite < 0
            ? new Channel(name, kind, [.. features], known, (double[])values.Clone())
            : throw new ArgumentException($"Channel '{name}', row {infinite / features.Count} has the value "
                + $"{values[infinite]}: a missing value is NaN.", nameof(values));
    }

    private static string Show(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss.ffffff",
        CultureInfo.InvariantCulture);
}
