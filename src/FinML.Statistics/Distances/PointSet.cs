namespace FinML.Statistics;

/// <summary>n points of d numbers each, one after the other.</summary>
internal sealed class PointSet
{
    private PointSet(double[] values, int dimension)
    {
        Values = values;
        Dimension = dimension;
        Count = values.Length / dimension;
    }

    internal double[] Values { get; } // (Count, Dimension)

    internal int Count { get; }

    internal int Dimension { get; }

    internal ReadOnlySpan<double> this[int i] => Values.AsSpan(i * Dimension, Dimension);

    internal static PointSet Of(ReadOnlySpan<double> values, int minimum, string name)
    {
        Guard.Series(values, minimum, name);
        return new PointSet(values.ToArray(), 1);
    }

    /// <param name="columns">(d, n): one array a variable.</param>
    /// <param name="minimum">Fewest points.</param>
    /// <param name="name">Of the set.</param>
    internal static PointSet Of(IReadOnlyList<double[]> columns, int minimum, string name)
    {
        ArgumentNullException.ThrowIfNull(columns, name);
        if (columns.Count == 0)
            throw new ArgumentException($"{name} has 0 columns; at least 1 is needed.", name);
        int count = columns[0].Length, dimension = columns.Count;
        var values = new double[count * dimension];
        for (int c = 0; c < dimension; c++)
        {
            Guard.Series(columns[c], minimum, $"Column {c} of {name}");
            if (columns[c].Length != count)
                throw new ArgumentException(
                    $"Column {c} of {name} has {columns[c].Length} values and column 0 has {count}; they must be " +
                    "aligned, one for one.", name);
            for (int i = 0; i < count; i++)
                values[i * dimension + c] = columns[c][i];
        }

        return new PointSet(values, dimension);
    }

    /// <summary>The points of both, those of this set first.</summary>
    internal PointSet With(PointSet other, string name, string otherName) => Dimension == other.Dimension
        ? new PointSet([.. Values, .. other.Values], Dimension)
        : throw new ArgumentException(
            $"{name} has {Dimension} columns and {otherName} has {other.Dimension}; they must be the same variables.");

    /// <summary>Points with the numbers of both, one after the other.</summary>
    internal PointSet Beside(PointSet other)
    {
        int dimension = Dimension + other.Dimension;
        var values = new double[Count * dimension];
        for (int i = 0; i < Count; i++)
        {
            this[i].CopyTo(values.AsSpan(i * dimension));
            other[i].CopyTo(values.AsSpan(i * dimension + Dimension));
        }

        return new PointSet(values, dimension);
    }

    internal static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        return sum;
    }
}
