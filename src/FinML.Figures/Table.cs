using System.Collections.Immutable;
using FinML.Figures.Display;
using FinML.Figures.Tables;

namespace FinML.Figures;

/// <summary>
/// A table as an immutable value: every method returns a new table. Columns come first, then rows.
/// <code>
/// Table.Create("After costs, 2005 to 2020")
///     .Column("strategy")
///     .Column("Sharpe ratio", CellFormat.Fixed(2), best: Best.Highest)
///     .Column("p", CellFormat.PValue())
///     .Row("agent", new Estimate(0.42, -0.10, 0.95), 0.21)
///     .Footnote("95% intervals: stationary bootstrap.")
/// </code>
/// A cell is a string, a number, an <see cref="Estimate"/>, a <see cref="Measurement"/>, a date, a bool or null.
/// </summary>
[TypeFormatterSource(typeof(TableFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Table
{
    private Table()
    {
    }

    /// <summary>Title over the table.</summary>
    public string? Title { get; private init; }

    /// <summary>The number of columns.</summary>
    public int ColumnCount => Columns.Length;

    /// <summary>The number of rows.</summary>
    public int RowCount => Rows.Length;

    internal ImmutableArray<TableColumn> Columns { get; private init; } = [];

    internal ImmutableArray<ImmutableArray<object?>> Rows { get; private init; } = [];

    internal ImmutableArray<string> Footnotes { get; private init; } = [];

    /// <summary>A table without columns.</summary>
    public static Table Create(string? title = null) => new() { Title = title };

    /// <summary>Adds a column.</summary>
    /// <param name="header">Header, with the unit.</param>
    /// <param name="format">How numbers are written; null is three significant digits (integers in full).</param>
    /// <param name="best">Which cell to mark; needs at least two numbers in the column.</param>
    /// <param name="group">A header over neighbouring columns of the same group.</param>
    /// <param name="alignment">How cells are aligned.</param>
    /// <exception cref="InvalidOperationException">The table has rows already.</exception>
    public Table Column(string header, CellFormat? format = null, Best best = Best.None, string? group = null,
        Alignment alignment = Alignment.Auto)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (!Rows.IsEmpty)
            throw new InvalidOperationException(
                $"Column '{header}' comes after {Rows.Length} rows; add all columns first.");
        return Copy(columns: Columns.Add(
            new TableColumn(header, format ?? CellFormat.Significant(), alignment, best, group)));
    }

    /// <summary>Adds a row, with a cell for every column.</summary>
    /// <exception cref="ArgumentException">The number of cells is not the number of columns, or a p-value lies outside
    /// [0, 1].</exception>
    public Table Row(params object?[] cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Length != Columns.Length)
            throw new ArgumentException(
                $"A row needs {Columns.Length} cells, one a column; got {cells.Length}.", nameof(cells));
        for (int c = 0; c < cells.Length; c++)
        {
            if (cells[c] is Measurement measurement)
                MeasurementText.Check(measurement, Columns[c].Header);
            if (cells[c] is Estimate { Lower: var lower, Upper: var upper } && lower > upper)
                throw new ArgumentException(
                    $"The interval in column '{Columns[c].Header}' runs downwards: [{lower}, {upper}].", nameof(cells));
        }

        Table table = Copy(rows: Rows.Add([.. cells]));
        // Writing the row now finds a value that its format refuses where it was added, not where it is shown.
        TableGrid.Create(Columns, [[.. cells]]);
        return table;
    }

    /// <summary>Adds a line of small print.</summary>
    public Table Footnote(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return Copy(footnotes: Footnotes.Add(text));
    }

    /// <summary>The table as HTML with its style; fits light and dark pages.</summary>
    public string ToHtml() => ToHtml(sortable: false);

    /// <summary>The table as HTML with its style; sortable adds a few lines of script with which a click, or Enter,
    /// on a header sorts by its column. Without script the table is the same.</summary>
    public string ToHtml(bool sortable) => TableHtml.Write(Title, Grid(), Notes(), sortable, pageRows: 0);

    /// <summary>The table as sortable HTML in pages: two buttons turn them. All rows are in the document, so that
    /// nothing is loaded, and where scripts are off, and on paper, all are shown.</summary>
    /// <param name="pageRows">Rows a page, 5 to 1,000; a table that has no more is not paged.</param>
    public string ToPagedHtml(int pageRows = 25)
    {
        if (pageRows is < 5 or > 1000)
            throw new ArgumentOutOfRangeException(
                nameof(pageRows), $"A page of a table has 5 to 1,000 rows; got {pageRows}.");
        return TableHtml.Write(Title, Grid(), Notes(), sortable: true, RowCount > pageRows ? pageRows : 0);
    }

    /// <summary>The table as LaTeX for the booktabs package; the best cell of a column is bold.</summary>
    /// <param name="label">Label for references, such as tab:costs; letters, digits and : . - _ /.</param>
    /// <exception cref="ArgumentException">The label has another character.</exception>
    public string ToLatex(string? label = null)
    {
        if (label is "" || label?.All(c => char.IsAsciiLetterOrDigit(c) || ":.-_/".Contains(c)) == false)
            throw new ArgumentException(
                $"A LaTeX label has letters, digits and : . - _ / only; got '{label}'.", nameof(label));
        return TableLatex.Write(Title, Grid(), Notes(), label);
    }

    /// <summary>The table as aligned text; the best cell of a column has an asterisk.</summary>
    public string ToText() => TableText.Plain(Title, Grid(), Notes());

    /// <summary>The table as Markdown (GitHub's dialect); the best cell of a column is bold.</summary>
    public string ToMarkdown() => TableText.Markdown(Title, Grid(), Notes());

    /// <summary>The table as aligned text.</summary>
    public override string ToString() => Columns.IsEmpty ? $"{Title ?? "Table"} (no columns)" : ToText();

    /// <summary>The footnotes, the first of which explains the marks where there are any.</summary>
    private ImmutableArray<string> Notes() =>
        Rows.Any(row => row.Any(cell => cell is Measurement m && MeasurementText.Mark(m).Length > 0))
            ? Footnotes.Insert(0, MeasurementText.Legend) : Footnotes;

    private TableGrid Grid()
    {
        if (Columns.IsEmpty)
            throw new InvalidOperationException("The table has no columns; add them with Column(header).");
        return TableGrid.Create(Columns, Rows);
    }

    private Table Copy(ImmutableArray<TableColumn>? columns = null,
        ImmutableArray<ImmutableArray<object?>>? rows = null,
        ImmutableArray<string>? footnotes = null) => new()
        {
            Title = Title,
            Columns = columns ?? Columns,
            Rows = rows ?? Rows,
            Footnotes = footnotes ?? Footnotes,
        };
}
