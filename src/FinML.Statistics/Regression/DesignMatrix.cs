namespace FinML.Statistics;

/// <summary>
/// The regressors of a linear model: named columns of equal length, one row for each observation. Immutable; the values
/// are copied. Columns stand in the order in which they were given, the intercept first.
/// </summary>
public sealed class DesignMatrix
{
    /// <summary>Name of the column that <see cref="WithIntercept"/> adds.</summary>
    public const string InterceptName = "(Intercept)";

    private readonly string[] _names;

    private DesignMatrix(string[] names, double[] values, int rows)
    {
        _names = names;
        Values = values;
        Rows = rows;
        InterceptColumn = Array.FindIndex(Enumerable.Range(0, names.Length).ToArray(), IsConstant);
    }

    /// <summary>Number of observations.</summary>
    public int Rows { get; }

    /// <summary>Number of regressors, the intercept among them.</summary>
    public int Columns => _names.Length;

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Whether a column is constant and not 0, so that R-squared is measured from the mean.</summary>
    public bool HasIntercept => InterceptColumn >= 0;

    /// <summary>The constant column, or -1.</summary>
    internal int InterceptColumn { get; }

    /// <summary>Column-major, <see cref="Rows"/> values for each column.</summary>
    internal double[] Values { get; }

    /// <summary>One value.</summary>
    public double this[int row, int column] => Column(column)[row];

    /// <summary>A matrix of the named columns.</summary>
    /// <param name="columns">One or more; names distinct, lengths equal, values finite.</param>
    /// <exception cref="ArgumentException">No column, a name twice, different lengths, a value not finite.</exception>
    public static DesignMatrix Of(params (string Name, double[] Values)[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Length == 0)
            throw new ArgumentException("columns is empty; a design needs at least one regressor.", nameof(columns));
        int rows = columns[0].Values.Length;
        var names = new HashSet<string>(StringComparer.Ordinal);
        var values = new double[rows * columns.Length];
        for (int j = 0; j < columns.Length; j++)
        {
            (string name, double[] column) = columns[j];
            if (string.IsNullOrEmpty(name) || !names.Add(name))
                throw new ArgumentException(
                    $"Column {j} is named '{name}'; every column needs a name of its own.", nameof(columns));
            if (column.Length != rows)
                throw new ArgumentException(
                    $"Column '{name}' has {column.Length} values and '{columns[0].Name}' has {rows}; they must be " +
                    $"aligned, one for one.", nameof(columns));
            Guard.Series(column, 1, $"column '{name}'");
            column.CopyTo(values, j * rows);
        }

        return new DesignMatrix([.. columns.Select(column => column.Name)], values, rows);
    }

    /// <summary>The intercept alone: the regression on it is the mean.</summary>
    public static DesignMatrix Intercept(int rows)
    {
        Guard.AtLeast(rows, 1, nameof(rows));
        return Of((InterceptName, Ones(rows)));
    }

    /// <summary>These columns behind a column of ones.</summary>
    /// <exception cref="InvalidOperationException">A column is constant already.</exception>
    public DesignMatrix WithIntercept()
    {
        if (HasIntercept)
            throw new InvalidOperationException(
                $"Column '{Names[InterceptColumn]}' is constant at {Guard.Text(Values[InterceptColumn * Rows])} " +
                $"over {Rows} rows; a second constant cannot be told from it.");
        return Intercept(Rows).Append(this);
    }

    /// <summary>These columns, then those of <paramref name="other"/>.</summary>
    public DesignMatrix Append(DesignMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Of([.. Pairs(), .. other.Pairs()]);
    }

    /// <summary>These columns, then one more.</summary>
    public DesignMatrix Append(string name, double[] values) => Of([.. Pairs(), (name, values)]);

    /// <summary>The named columns, in the order of the names.</summary>
    public DesignMatrix Select(params string[] names) =>
        Of([.. names.Select(name => (name, Column(IndexOf(name)).ToArray()))]);

    /// <summary>The rows with these indices, in their order.</summary>
    public DesignMatrix SelectRows(params int[] rows) =>
        Of([.. Pairs().Select(pair => (pair.Name, Array.ConvertAll(rows, row => pair.Values[row])))]);

    /// <summary>The values of one column.</summary>
    public ReadOnlySpan<double> Column(int column)
    {
        Guard.InRange(column, 0, Columns - 1, nameof(column));
        return Values.AsSpan(column * Rows, Rows);
    }

    /// <summary>Where the column of this name stands.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public int IndexOf(string name) => IndexOf(_names, name);

    /// <summary>y - X b.</summary>
    internal double[] Residuals(ReadOnlySpan<double> y, IReadOnlyList<double> b)
    {
        double[] residuals = y.ToArray();
        for (int j = 0; j < Columns; j++)
        {
            ReadOnlySpan<double> column = Column(j);
            for (int i = 0; i < residuals.Length; i++)
                residuals[i] -= b[j] * column[i];
        }

        return residuals;
    }

    internal static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (int j = 0; j < names.Count; j++)
        {
            if (names[j] == name)
                return j;
        }

        throw new ArgumentException(
            $"There is no column '{name}'; there are {string.Join(", ", names)}.", nameof(name));
    }

    private static double[] Ones(int rows)
    {
        var ones = new double[rows];
        Array.Fill(ones, 1);
        return ones;
    }

    private IEnumerable<(string Name, double[] Values)> Pairs() =>
        _names.Select((name, j) => (name, Column(j).ToArray()));

    private bool IsConstant(int column)
    {
        ReadOnlySpan<double> values = Column(column);
        return values[0] != 0 && values.IndexOfAnyExcept(values[0]) < 0;
    }
}
