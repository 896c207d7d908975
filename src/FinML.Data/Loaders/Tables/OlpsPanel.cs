namespace FinML.Data;

/// <summary>
/// Reads the panels of the literature on online portfolio selection (NYSE(O), NYSE(N), TSE, MSCI, DJIA, SP500) as the
/// files have them: undated prices of which the first row is already after the first day, the day before being 1 for
/// every asset.
/// </summary>
/// <remarks>
/// That day is put before the rows, so that the relatives of the panel, price over price before, are all the n that the
/// literature counts (5,651 for NYSE(O)). Names of columns are letters that mean nothing, and some are missing: those
/// are called by their number. Survivors only, and closes that may be stale: see the catalogue.
/// </remarks>
public static class OlpsPanel
{
    /// <summary>Reads a panel: (n + 1) x assets of the field close, all above 0.</summary>
    /// <param name="source">A CSV file of prices with a header.</param>
    /// <param name="limits">What bounds the memory.</param>
    public static LoadedPanel Read(TextSource source, LoadLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        RawTable? table = CsvTable.Read(source, new CsvOptions
        {
            Layout = CsvLayout.Wide,
            Header = true,
            Undated = true,
            Separator = ',',
            DecimalMark = '.',
            Limits = limits ?? LoadLimits.Default,
        }, out LoadLog log);
        if (table is null or { Ticks.Length: 0 } && log.ProblemCount == 0)
        {
            log.Fail("few", 0, "The file has no data rows.");
        }

        for (int c = 0; table is not null && c < table.Columns.Length; c++)
        {
            for (int t = 0; t < table.Ticks.Length; t++)
            {
                if (!(table.Columns[c][t] > 0))
                {
                    log.Add("positive", table.Lines[t], $"the price of {table.Assets[c]} is {table.Columns[c][t]}; it "
                        + "must be above 0.");
                }
            }
        }

        return new LoadedPanel(log.ProblemCount > 0 ? null : WithStart(table!).ToPanel(TimeSpan.FromDays(1)),
            log.ReportOf(source.Name));
    }

    private static RawTable WithStart(RawTable table) => table with
    {
        Ticks = [.. table.Ticks, table.Ticks[^1] + TimeSpan.TicksPerDay],
        Lines = [0, .. table.Lines],
        Columns = [.. table.Columns.Select(column => (double[])[1, .. column])],
    };
}
