using System.Globalization;
using System.Text.Encodings.Web;
using FinML.Data.Store;
using Spectre.Console;

namespace FinML.Cli.Commands;

/// <summary>The result of a statement as a table, as JSON (an array of objects) or as CSV (RFC 4180), row by row as it
/// comes.</summary>
internal static class SqlOutput
{
    public static void WriteTable(DuckDbResult result, IAnsiConsole console, int most)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (DuckDbColumn column in result.Columns)
            table.AddColumn(DataOutput.Column(column.Name, DuckDbText.IsNumber(column.Type)));
        long rows = 0;
        foreach (string?[] row in Rows(result))
        {
            if (rows++ < most)
                table.AddRow([.. row.Select((v, c) => Cell(v, result.Columns[c]))]);
        }

        console.Write(table);
        string count = rows.ToString("N0", CultureInfo.InvariantCulture);
        console.WriteLine(rows > most
            ? $"{count} rows, of which the first {most} (--rows N shows more, --csv all)"
            : $"{count} row{(rows == 1 ? "" : "s")}");
    }

    public static void WriteCsv(DuckDbResult result, TextWriter output)
    {
        output.WriteLine(string.Join(',', result.Columns.Select(c => Quoted(c.Name))));
        foreach (string?[] row in Rows(result))
            output.WriteLine(string.Join(',', row.Select(Quoted)));
    }

    public static void WriteJson(DuckDbResult result, TextWriter output)
    {
        output.Write('[');
        string separator = "\n  ";
        foreach (string?[] row in Rows(result))
        {
            output.Write(separator);
            output.Write($"{{ {string.Join(", ", row.Select((v, c) =>
                $"{Text(result.Columns[c].Name)}: {Value(v, result.Columns[c])}"))} }}");
            separator = ",\n  ";
        }

        output.WriteLine("\n]");
    }

    private static IEnumerable<string?[]> Rows(DuckDbResult result)
    {
        while (result.Next() is { } chunk)
        {
            for (int row = 0; row < chunk.Rows; row++)
            {
                yield return [.. result.Columns.Select((column, c) => DuckDbText.Of(chunk, column, c, row))];
            }
        }
    }

    /// <summary>In a table a number has seven digits that matter; JSON and CSV have them all.</summary>
    private static string Cell(string? value, DuckDbColumn column) => value is null ? "[grey]NULL[/]"
        : column.Type is DuckDbType.Double or DuckDbType.Float
            && double.TryParse(value, CultureInfo.InvariantCulture, out double x) && double.IsFinite(x)
            ? x.ToString("G7", CultureInfo.InvariantCulture)
            : Markup.Escape(value);

    private static string Quoted(string? value) => value is null ? ""
        : value.Length == 0 || value.AsSpan().IndexOfAny(",\"\r\n") >= 0
            ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : value;

    /// <summary>Numbers as numbers, where JSON has them: not NaN and infinity.</summary>
    private static string Value(string? value, DuckDbColumn column) => value is null ? "null"
        : column.Type == DuckDbType.Boolean ? value
        : DuckDbText.IsNumber(column.Type) && value is not ("NaN" or "Infinity" or "-Infinity") ? value
        : Text(value);

    private static string Text(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";
}
