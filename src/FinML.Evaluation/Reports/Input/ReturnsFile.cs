using FinML.Data;
using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>
/// Returns of one or more strategies from a CSV file of dates and columns: as simple fractions, with a sentence for
/// each thing that was found out or turned. What cannot be trusted is refused by line: no value, the same time twice,
/// times that go back, a constant column, too few rows.
/// </summary>
public sealed record ReturnsFile
{
    private const int Least = 20, MostColumns = 5_000;

    // Volatility a year above which numbers can hardly be fractions, and one above which they must be percents: 6% a
    // year, as percents, is less than that of government bonds.
    private const double Percents = 6;

    private static readonly string[] s_closes = ["adj close", "adjclose", "adj_close", "adjusted close", "close"];

    /// <summary>The file's name.</summary>
    public required string Name { get; init; }

    /// <summary>The end of each period, increasing.</summary>
    public required IReadOnlyList<DateTime> Times { get; init; }

    /// <summary>By column: simple fractions.</summary>
    public required IReadOnlyList<NamedReturns> Series { get; init; }

    /// <summary>Periods in a year.</summary>
    public required double PeriodsPerYear { get; init; }

    /// <summary>What was found out, assumed or turned, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataException">The file is refused: the message says where and why.</exception>
    public static ReturnsFile Read(TextSource source, ReturnsFileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new ReturnsFileOptions();
        if (options.PeriodsPerYear is { } given && !(given > 0 && given <= 1e7))
            throw new DataException($"The periods per year are {given:R}; they must lie between 0 and 10,000,000.");
        LoadedSeries loaded = CsvSeries.Read(source, options.Csv with { Percents = true });
        SeriesTable table = loaded.Require();
        List<string> notes = [.. loaded.Report.Notes.Select(note => $"{source.Name}: {note}")];
        ReturnUnit unit = options.Unit;
        if (unit == ReturnUnit.Price || (unit == ReturnUnit.Auto && options.MayBePrices))
            table = Closes(table, source.Name, notes);
        RequireValues(table, source.Name);
        if (unit == ReturnUnit.Auto && LooksLikePrices(table) is { } levels)
        {
            if (!options.MayBePrices)
                throw new DataException($"{source.Name}: {levels}");
            unit = ReturnUnit.Price;
            notes.Add($"{source.Name}: prices, by their size; returns are their changes.");
        }

        long signs = loaded.Report.Repairs.GetValueOrDefault(CsvSeries.PercentSigns);
        long values = (long)table.Columns.Count * table.Times.Count;
        if (signs > 0 && signs < values)
            throw new DataException(
                $"{source.Name} has {signs} numbers with a percent sign among {values}; all of them need it, or none.");

        IReadOnlyList<DateTime> times = unit == ReturnUnit.Price ? [.. table.Times.Skip(1)] : table.Times;
        double periods = options.PeriodsPerYear ?? Periods(times, source.Name, notes);
        double[][] returns = unit == ReturnUnit.Price
            ? [.. table.Columns.Select((prices, c) => Changes(prices, table, c, source.Name))]
            : Fractions(table, options, signs > 0, periods, source.Name, notes);
        for (int c = 0; c < returns.Length; c++)
            Check(returns[c], table, c, unit == ReturnUnit.Price ? 1 : 0, source.Name);
        if (options.Kind == ReturnKind.Log && unit != ReturnUnit.Price)
        {
            returns = [.. returns.Select(column => Array.ConvertAll(column, r => Math.Exp(r) - 1))];
            notes.Add($"{source.Name}: logarithmic returns, turned into simple ones.");
        }

        return new ReturnsFile
        {
            Name = source.Name,
            Times = times,
            Series = [.. returns.Select((column, c) => new NamedReturns(table.Names[c], column))],
            PeriodsPerYear = periods,
            Notes = notes,
        };
    }

    /// <summary>Of a table of bars only the close, adjusted if there is one.</summary>
    private static SeriesTable Closes(SeriesTable table, string file, List<string> notes)
    {
        string[] keys = [.. table.Names.Select(name => name.Trim().ToLowerInvariant())];
        if (!keys.Contains("open") || s_closes.FirstOrDefault(keys.Contains) is not { } close)
            return table;
        int column = Array.IndexOf(keys, close);
        notes.Add($"{file}: a table of bars, of which the column '{table.Names[column]}' is read.");
        return table with { Names = [Path.GetFileNameWithoutExtension(file)], Columns = [table.Columns[column]] };
    }

    private static void RequireValues(SeriesTable table, string file)
    {
        if (table.Times.Count < Least)
            throw new DataException($"{file} has {table.Times.Count} rows; {Least} or more are needed.");
        if (table.Columns.Count > MostColumns)
            throw new DataException($"{file} has {table.Columns.Count} columns; {MostColumns} are the most.");
        for (int c = 0; c < table.Columns.Count; c++)
        {
            int[] missing =
                [.. Enumerable.Range(0, table.Times.Count).Where(t => !double.IsFinite(table.Columns[c][t]))];
            if (missing.Length > 0)
                throw new DataException(
                    $"{file}, line {table.Lines[missing[0]]}: '{table.Names[c]}' has no value, and so in "
                    + $"{missing.Length} of {table.Times.Count} rows; every row needs one (0 where the strategy was "
                    + "out of the market).");
        }
    }

    private static double Periods(IReadOnlyList<DateTime> times, string file, List<string> notes)
    {
        ReturnFrequency frequency = ReturnFrequency.Of(times);
        notes.Add(Say.Of(
            $"{file}: {frequency.PeriodsPerYear:0.##} period{(frequency.PeriodsPerYear == 1 ? "" : "s")} a year "
            + $"({frequency.Name}), by the dates."));
        return frequency.PeriodsPerYear;
    }

    private static double[][] Fractions(
        SeriesTable table, ReturnsFileOptions options, bool signs, double periods, string file, List<string> notes)
    {
        if (signs)
        {
            notes.Add($"{file}: percents, as the signs say.");
            return [.. table.Columns];
        }

        // The column in the middle: one odd strategy does not decide for all.
        double[] volatilities =
            [.. table.Columns.Select(c => Moments.Of(c).StandardDeviation() * Math.Sqrt(periods)).Order()];
        double volatility = volatilities[volatilities.Length / 2];
        // One number below -1 among fractions is a wrong number, and refused; many make percents.
        bool impossible = options.Kind == ReturnKind.Simple && volatility > FrequencyDiagnosis.HighestVolatility
            && table.Columns.Any(c => c.Min() < -1);
        bool overlaps = table.Columns.All(Overlaps);
        bool percent = options.Unit == ReturnUnit.Percent
            || (options.Unit == ReturnUnit.Auto && (impossible || (volatility > Percents && !overlaps)));
        string why = options.Unit != ReturnUnit.Auto ? "as asked"
            : Say.Of($"as a volatility of {(percent ? volatility / 100 : volatility):0.0%} a year says");
        notes.Add($"{file}: returns are {(percent ? "percents" : "fractions")}, {why}.");
        return percent ? [.. table.Columns.Select(c => Array.ConvertAll(c, r => r / 100))] : [.. table.Columns];
    }

    /// <summary>A column of prices that was given for returns is told by its values: above 0, and far from it beside
    /// their changes. Null where there is none.</summary>
    private static string? LooksLikePrices(SeriesTable table)
    {
        for (int c = 0; c < table.Columns.Count; c++)
        {
            double[] column = table.Columns[c];
            double least = column.Min(), changes = 0;
            for (int t = 1; t < column.Length; t++)
                changes += Math.Abs(column[t] - column[t - 1]);
            if (least > 0.2 && column.Average() > 10 * changes / (column.Length - 1) && column.Max() > 1.01 * least)
                return $"'{table.Names[c]}' looks like prices or an account ({column[0]:R} on line {table.Lines[0]}, "
                    + $"never below {least:R}), not like returns; say that it is prices (--prices), or that it is not "
                    + "(--percent, --fraction).";
        }

        return null;
    }

    private static bool Overlaps(double[] column) =>
        !Moments.Of(column).IsConstant && Autocorrelation.At(column, 1) > 0.75;

    private static double[] Changes(double[] prices, SeriesTable table, int column, string file)
    {
        int bad = Array.FindIndex(prices, price => !(price > 0));
        if (bad >= 0)
            throw new DataException(
                $"{file}, line {table.Lines[bad]}: the price of '{table.Names[column]}' is {prices[bad]:R}; it has to "
                + "be above 0.");
        return [.. prices.Skip(1).Select((price, t) => price / prices[t] - 1)];
    }

    private static void Check(double[] returns, SeriesTable table, int column, int offset, string file)
    {
        int ruin = Array.FindIndex(returns, r => r < -1);
        if (ruin >= 0)
            throw new DataException(
                $"{file}, line {table.Lines[ruin + offset]}: the return of '{table.Names[column]}' is "
                + $"{returns[ruin]:R}, a loss of more than everything; are these percents (--percent)?");
        if (Moments.Of(returns).IsConstant)
            throw new DataException(
                $"{file}: '{table.Names[column]}' is constant at {returns[0]:R} over {returns.Length} rows; there is "
                + "nothing to judge.");
    }
}
