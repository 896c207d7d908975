namespace FinML.Data;

/// <summary>
/// Reads a price file as people have it into a panel, or says by row why it cannot be trusted. Nothing is repaired but
/// what has one meaning: names of columns, marks of numbers, orders of dates, a file with the newest row first.
/// </summary>
/// <remarks>
/// Refused: what cannot be read, two rows of one time, rows out of order, times in the future or before 1600, prices
/// not above 0, a negative volume, a bar whose high and low do not enclose its open and close. Accepted with a note:
/// missing values, gaps, columns that are not used. What reads is <see cref="CsvPanel"/>; the rules of prices are
/// here.
/// </remarks>
public static class CsvImport
{
    /// <summary>Reads the bytes of a CSV file, plain, gzip or in a zip archive.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static ImportReport Read(byte[] file, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Read(TextSource.OfBytes(file), options);
    }

    /// <summary>Reads a CSV file.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static ImportReport Read(TextSource source, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        RawTable? table = CsvTable.Read(source, new CsvOptions
        {
            Layout = CsvLayout.Bars,
            Header = true,
            Asset = options.Name.ToUpperInvariant(),
            DateOrder = options.DateOrder,
            DecimalMark = options.DecimalMark,
        }, out LoadLog log);
        if (log.ProblemCount == 0 && !(table?.Ticks.Length >= 2))
        {
            log.Fail("few", 0, $"The file has {table?.Ticks.Length ?? 0} data rows; at least 2 are needed.");
        }

        if (table is not null && log.ProblemCount == 0)
        {
            table.PutInOrder(log);
            BarChecks.Run(table, options.Now, log);
        }

        LoadReport report = log.ReportOf(source.Name);
        bool accepted = table is not null && report.ProblemCount == 0;
        return new ImportReport
        {
            Name = options.Name,
            Mapping = table?.Map.Mapping ?? [],
            Problems = report.Problems,
            ProblemCount = report.ProblemCount,
            Notes = report.Notes,
            Repairs = report.Repairs,
            Frequency = accepted ? BarChecks.FrequencyName(TimeGaps.MedianSpacing(table!.Times())) : "",
            Panel = accepted ? table!.ToPanel(availableAfter: null) : null,
        };
    }
}
