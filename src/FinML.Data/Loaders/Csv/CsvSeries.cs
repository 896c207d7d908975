namespace FinML.Data;

/// <summary>
/// Reads a CSV file of a time column and columns of numbers, such as returns, and keeps the line of each row, so that a
/// caller can say where in the file a value stands that it refuses. Refused here, by line: what cannot be read, two
/// rows of one time, rows out of order.
/// </summary>
public static class CsvSeries
{
    /// <summary>What the report counts where a number had a percent sign.</summary>
    public const string PercentSigns = "a number with a percent sign is a hundredth of it";

    /// <summary>Reads a file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="options">How to read it; its layout is that of a column a series.</param>
    /// <returns>The table, or null where the file was refused, and the report.</returns>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static LoadedSeries Read(TextSource source, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options = (options ?? new CsvOptions()) with { Layout = CsvLayout.Wide };
        options.Validate();
        RawTable? table = CsvTable.Read(source, options, out LoadLog log);
        if (table is not null && !log.IsHopeless)
        {
            table.PutInOrder(log);
            table.CheckOrder(log);
        }

        if ((table is null || table.Ticks.Length == 0) && log.ProblemCount == 0)
        {
            log.Fail("few", 0, "The file has no data rows.");
        }

        bool accepted = table is { Ticks.Length: > 0 } && !log.IsHopeless && log.ProblemCount <= log.MaximumRefusals;
        return new LoadedSeries(
            accepted ? new SeriesTable(table!.Assets, table.Times(), table.Lines, table.Columns) : null,
            log.ReportOf(source.Name));
    }
}
