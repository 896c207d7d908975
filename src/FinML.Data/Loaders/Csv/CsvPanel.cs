namespace FinML.Data;

/// <summary>
/// Reads a CSV file of any usual layout into a panel: bars of one asset, a column an asset, or a tidy table of dates
/// and symbols; plain, gzip or in a zip archive; streaming, so that the memory is the panel's and a buffer's.
/// </summary>
/// <remarks>
/// Nothing is repaired but what has one meaning: names of columns, marks of numbers, orders of dates, a file with the
/// newest row first; the report counts it. Refused, by line: what cannot be read, two rows of one time, rows out of
/// order. What the values must be is the caller's to know: a return may be negative and a price may not
/// (<see cref="CsvImport"/> checks a user's prices).
/// </remarks>
public static class CsvPanel
{
    /// <summary>Reads a file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="options">How to read it; null: all is found out from the file.</param>
    /// <returns>The panel, or null where the file was refused, and the report.</returns>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static LoadedPanel Read(TextSource source, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new CsvOptions();
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
        return new LoadedPanel(accepted ? table!.ToPanel(options.AvailableAfter) : null, log.ReportOf(source.Name));
    }
}
