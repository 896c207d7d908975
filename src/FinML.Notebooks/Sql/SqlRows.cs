using System.Collections;
using System.Globalization;
using FinML.Figures;

namespace FinML.Notebooks;

/// <summary>
/// The rows of a query: <c>double[] closes = rows.Column&lt;double&gt;("close");</c>. In a notebook it is a table.
/// </summary>
public sealed class SqlRows : INotebookView, IEnumerable<IReadOnlyDictionary<string, object?>>
{
    /// <summary>How many rows a notebook shows.</summary>
    public const int ShownRows = 20;

    private const int Digits = 6;

    private readonly IReadOnlyList<object?[]> _rows;

    internal SqlRows(IReadOnlyList<string> columns, IReadOnlyList<object?[]> rows, int affected)
    {
        Columns = columns;
        _rows = rows;
        Affected = affected;
    }

    /// <summary>The names of the columns, in order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The number of rows.</summary>
    public int Count => _rows.Count;

    /// <summary>How many rows the statement changed; -1 for a query.</summary>
    public int Affected { get; }

    /// <summary>A cell; null where the database has null.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public object? this[int row, string column] => _rows[row][Index(column)];

    /// <summary>The type that all values of a column have; object where they differ, or where all are null.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public Type TypeOf(string column)
    {
        int index = Index(column);
        Type[] types = [.. _rows.Select(row => row[index]?.GetType()).OfType<Type>().Distinct().Take(2)];
        return types is [var one] ? one : typeof(object);
    }

    /// <summary>
    /// A column as an array: numbers convert where nothing is lost but digits, texts such as 2020-04-17 are dates where
    /// dates are asked for, and null is NaN for double and float.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="InvalidCastException">A value is no <typeparamref name="T"/>; the message names its
    /// row.</exception>
    public T[] Column<T>(string column)
    {
        int index = Index(column);
        var values = new T[_rows.Count];
        for (int i = 0; i < values.Length; i++)
        {
            object? value = _rows[i][index];
            if (!SqlValue.TryConvert(value, typeof(T), out object? converted))
            {
                throw new InvalidCastException(value is null
                    ? $"Row {i + 1} of '{column}' is null, which is no {typeof(T).Name}: ask for a nullable type, or "
                        + "leave nulls out in the query."
                    : $"Row {i + 1} of '{column}' is {ObjectText.Of(value)} ({value.GetType().Name}), which is no "
                        + $"{typeof(T).Name}.");
            }

            values[i] = (T)converted!;
        }

        return values;
    }

    /// <summary>The rows, each by the names of its columns.</summary>
    public IEnumerator<IReadOnlyDictionary<string, object?>> GetEnumerator()
    {
        foreach (string column in Columns)
            Index(column);
        foreach (object?[] row in _rows)
        {
            yield return Columns.Select((name, i) => (name, row[i])).ToDictionary(
                pair => pair.name, pair => pair.Item2, StringComparer.Ordinal);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The first rows as aligned text.</summary>
    public override string ToString() => Columns.Count == 0 ? Change() : Table().ToText();

    MimeBundle INotebookView.Show() =>
        Columns.Count == 0 ? MimeBundle.OfText(Change()) : ValueFormatter.Format(Table());

    private string Change() => Affected < 0
        ? "done"
        : string.Create(CultureInfo.InvariantCulture, $"{Affected:N0} {(Affected == 1 ? "row" : "rows")} changed");

    private Table Table()
    {
        Table table = Figures.Table.Create();
        foreach (string column in Columns)
            table = table.Column(column, CellFormat.Significant(Digits));
        foreach (object?[] row in _rows.Take(ShownRows))
            table = table.Row([.. row.Select(Shown)]);
        return _rows.Count > ShownRows
            ? table.Footnote(string.Create(CultureInfo.InvariantCulture, $"{ShownRows} of {_rows.Count:N0} rows shown."))
            : table;
    }

    private static object? Shown(object? value) => value switch
    {
        null or string or double or float or int or long or short or decimal or bool or DateTime or DateOnly => value,
        byte[] bytes => string.Create(CultureInfo.InvariantCulture, $"{bytes.Length:N0} bytes"),
        _ => ObjectText.Of(value),
    };

    private int Index(string column)
    {
        int[] found = [.. Enumerable.Range(0, Columns.Count).Where(i => Columns[i] == column)];
        return found switch
        {
            [var one] => one,
            [] => throw new ArgumentException(
                $"There is no column '{column}'; the rows have {string.Join(", ", Columns)}.", nameof(column)),
            _ => throw new ArgumentException(
                $"{found.Length} columns are called '{column}': rename one in the query with AS.", nameof(column)),
        };
    }
}
