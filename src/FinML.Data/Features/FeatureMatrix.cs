namespace FinML.Data;

/// <summary>Features by row: times x names of float64, row-major, NaN in the warm-up. Immutable.</summary>
public sealed class FeatureMatrix
{
    private readonly double[] _values; // (rows, columns)

    private FeatureMatrix(IReadOnlyList<DateTime> times, IReadOnlyList<string> names, double[] values)
    {
        Times = times;
        Names = names;
        _values = values;
    }

    /// <summary>The time of each row.</summary>
    public IReadOnlyList<DateTime> Times { get; }

    /// <summary>The name of each column; distinct.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => Times.Count;

    /// <summary>The number of columns.</summary>
    public int Columns => Names.Count;

    /// <summary>All values, row-major: (rows, columns).</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The value of feature <paramref name="j"/> at row <paramref name="t"/>.</summary>
    public double this[int t, int j] => Row(t)[(uint)j < (uint)Columns
        ? j
        : throw new ArgumentOutOfRangeException(nameof(j), j, $"The column must be in [0, {Columns}).")];

    /// <summary>Makes a matrix from row-major values, which are copied.</summary>
    /// <exception cref="ArgumentException">The values are not times x names, or a name is empty or twice
    /// there.</exception>
    public static FeatureMatrix Create(IReadOnlyList<DateTime> times, IReadOnlyList<string> names, double[] values)
    {
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(values);
        return Wrap([.. times], [.. names], (double[])values.Clone());
    }

    /// <summary>The features of one row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">t is not a row.</exception>
    public ReadOnlySpan<double> Row(int t) => (uint)t < (uint)Rows
        ? _values.AsSpan(t * Columns, Columns)
        : throw new ArgumentOutOfRangeException(nameof(t), t, $"The row must be in [0, {Rows}).");

    /// <summary>A copy of one column.</summary>
    /// <exception cref="ArgumentException">No such column.</exception>
    public double[] Column(string name)
    {
        int j = Names.ToList().IndexOf(name);
        if (j < 0)
        {
            throw new ArgumentException($"There is no feature '{name}'; there are: {string.Join(", ", Names)}.",
                nameof(name));
        }

        double[] column = new double[Rows];
        for (int t = 0; t < column.Length; t++)
        {
            column[t] = _values[t * Columns + j];
        }

        return column;
    }

    /// <summary>A matrix with one column more, at the right.</summary>
    /// <exception cref="ArgumentException">The column is not as long as the matrix, or the name is there
    /// already.</exception>
    public FeatureMatrix Append(string name, double[] column)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (column.Length != Rows)
        {
            throw new ArgumentException($"Column '{name}' has {column.Length} values for {Rows} rows.", nameof(column));
        }

        double[] values = new double[Rows * (Columns + 1)];
        for (int t = 0; t < Rows; t++)
        {
            Row(t).CopyTo(values.AsSpan(t * (Columns + 1)));
            values[t * (Columns + 1) + Columns] = column[t];
        }

        return Wrap(Times, [.. Names, name], values);
    }

    /// <summary>Whether no value of row <paramref name="t"/> is missing.</summary>
    public bool IsComplete(int t)
    {
        foreach (double value in Row(t))
        {
            if (!double.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes the arrays as they are; for our own code, which gives them away.</summary>
    internal static FeatureMatrix Wrap(IReadOnlyList<DateTime> times, IReadOnlyList<string> names, double[] values)
    {
        if (values.Length != times.Count * names.Count)
        {
            throw new ArgumentException($"{times.Count} rows x {names.Count} features need {times.Count * names.Count} "
                + $"values; there are {values.Length}.", nameof(values));
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (string.IsNullOrWhiteSpace(name) || !seen.Add(name))
            {
                throw new ArgumentException($"The feature name '{name}' is empty or twice there.", nameof(names));
            }
        }

        return new FeatureMatrix(times, names, values);
    }
}
