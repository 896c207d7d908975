using System.Collections.Immutable;
using System.Globalization;

namespace FinML.Figures.Tables;

/// <summary>A table as text cells, ready for any of the writers.</summary>
internal sealed class TableGrid
{
    public required string[] Headers { get; init; }

    /// <summary>Cells by (row, column).</summary>
    public required string[][] Cells { get; init; }

    /// <summary>Whether a cell is the best of its column.</summary>
    public required bool[][] IsBest { get; init; }

    /// <summary>What a cell is sorted by: its number, or NaN where it is text.</summary>
    public required double[][] Values { get; init; }

    /// <summary>Left, Right or Center, a column.</summary>
    public required Alignment[] Alignments { get; init; }

    /// <summary>Groups of neighbouring columns with the same group, in order; columns without are alone.</summary>
    public required List<(string? Name, int Start, int Count)> Groups { get; init; }

    public bool HasGroups => Groups.Exists(g => g.Name is not null);

    public static TableGrid Create(ImmutableArray<TableColumn> columns, ImmutableArray<ImmutableArray<object?>> rows)
    {
        var best = rows.Select(_ => new bool[columns.Length]).ToArray();
        for (int c = 0; c < columns.Length; c++)
            Mark(columns[c].Best, rows, c, best);
        return new TableGrid
        {
            Headers = [.. columns.Select(c => c.Header)],
            Cells = [.. rows.Select(row => row.Select((cell, c) => Text(cell, columns[c])).ToArray())],
            IsBest = best,
            Values = [.. rows.Select(row => row.Select(Value).ToArray())],
            Alignments = [.. columns.Select((column, c) => Align(column, rows, c))],
            Groups = GroupsOf(columns),
        };
    }

    /// <summary>A cell as a number, for the comparison in a column; NaN for what is none.</summary>
    public static double Value(object? cell) => cell switch
    {
        Estimate estimate => estimate.Value,
        Measurement measurement => measurement.Value,
        IConvertible number when IsNumber(cell) => number.ToDouble(CultureInfo.InvariantCulture),
        _ => double.NaN,
    };

    private static bool IsNumber(object? cell) =>
        cell is double or float or decimal or int or long or short or byte or sbyte
        or uint or ulong or ushort;

    private static string Text(object? cell, TableColumn column) => cell switch
    {
        null => CellFormat.Missing,
        string text => text,
        bool flag => flag ? "yes" : "no",
        // One date format, with the time of day only where there is one.
        DateTime time => time.ToString(
            time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Measurement measurement => MeasurementText.Write(measurement),
        Estimate e when double.IsNaN(e.Value) => CellFormat.Missing,
        Estimate e => $"{column.Format.Write(e.Value)} "
            + $"[{column.Format.Write(e.Lower)}, {column.Format.Write(e.Upper)}]",
        int or long or short or byte or sbyte or uint or ulong or ushort
            when column.Format == CellFormat.Significant() =>
            CellFormat.Integer.Write(Value(cell)),
        _ when IsNumber(cell) => column.Format.Write(Value(cell)),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };

    private static Alignment Align(TableColumn column, ImmutableArray<ImmutableArray<object?>> rows, int index)
    {
        if (column.Alignment != Alignment.Auto)
            return column.Alignment;
        bool numbers = rows.Any(r => r[index] is Estimate or Measurement || IsNumber(r[index]));
        return numbers ? Alignment.Right : Alignment.Left;
    }

    private static void Mark(Best best, ImmutableArray<ImmutableArray<object?>> rows, int column, bool[][] marks)
    {
        if (best == Best.None)
            return;
        double[] values = [.. rows.Select(r => Value(r[column]))];
        double[] finite = [.. values.Where(v => !double.IsNaN(v))];
        // One value is no comparison.
        if (finite.Length < 2)
            return;
        double winner = best == Best.Highest ? finite.Max() : finite.Min();
        for (int r = 0; r < values.Length; r++)
            marks[r][column] = values[r] == winner;
    }

    private static List<(string?, int, int)> GroupsOf(ImmutableArray<TableColumn> columns)
    {
        var groups = new List<(string? Name, int Start, int Count)>();
        for (int c = 0; c < columns.Length; c++)
        {
            if (groups.Count > 0 && groups[^1].Name is not null && groups[^1].Name == columns[c].Group)
                groups[^1] = groups[^1] with { Count = groups[^1].Count + 1 };
            else
                groups.Add((columns[c].Group, c, 1));
        }

        return groups;
    }
}
