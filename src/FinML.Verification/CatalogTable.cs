using System.Globalization;
using FinML.Data;

namespace FinML.Verification;

/// <summary>A table of the catalogue: comma-separated, a header of names; a missing number is empty or NA.</summary>
internal sealed class CatalogTable
{
    private readonly string[] _header;
    private readonly string[][] _rows;

    internal CatalogTable(VerificationContext context, string name)
    {
        string[] lines = context.Catalog.ReadText(name).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        _header = lines[0].TrimEnd('\r').Split(',');
        _rows = [.. lines.Skip(1).Select(line => line.TrimEnd('\r').Split(','))];
    }

    /// <summary>One numeric column of the rows where <paramref name="where"/> holds the text.</summary>
    internal double[] Column(string name, string? where = null, string? text = null)
    {
        int index = Index(name), filter = where is null ? -1 : Index(where);
        return [.. _rows.Where(row => filter < 0 || row[filter] == text).Select(row => row[index] is "" or "NA"
            ? double.NaN
            : double.Parse(row[index], CultureInfo.InvariantCulture))];
    }

    private int Index(string name) => Array.IndexOf(_header, name) is var index and >= 0
        ? index
        : throw new DataException($"The table has no column '{name}'; it has {string.Join(", ", _header)}.");
}
