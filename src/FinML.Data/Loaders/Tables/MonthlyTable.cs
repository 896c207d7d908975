namespace FinML.Data;

/// <summary>
/// A table of monthly series, such as FRED's, of which each has a lag of its own between the month and the day that it
/// is published. A <see cref="Panel"/> has one time of availability a row; so the series are asked for one by one, or
/// laid on a time axis as far as each was known there.
/// </summary>
/// <remarks>The values are those of the file's vintage: a revision that came later is in them, and only the lag is
/// point in time.</remarks>
public sealed class MonthlyTable
{
    private readonly Panel _values; // one field, availability at the end of the month
    private readonly PublicationLags _lags;

    private MonthlyTable(Panel values, PublicationLags lags, LoadReport report)
    {
        _values = values;
        _lags = lags;
        Report = report;
    }

    /// <summary>What was met in the file.</summary>
    public LoadReport Report { get; }

    /// <summary>The names of the series.</summary>
    public IReadOnlyList<string> Series => _values.Assets;

    /// <summary>The months: their first days.</summary>
    public IReadOnlyList<DateTime> Months => _values.Times;

    /// <summary>Reads a table: a column of dates and one a series.</summary>
    /// <exception cref="ArgumentException">A lag is outside its range.</exception>
    /// <exception cref="DataException">The file was refused, or has two rows of a month or a month without a row.
    /// </exception>
    public static MonthlyTable Read(TextSource source, PublicationLags lags, LoadLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(lags);
        lags.Validate();
        LoadedPanel loaded = CsvPanel.Read(source, new CsvOptions
        {
            Layout = CsvLayout.Wide,
            Field = "value",
            AvailableAfter = TimeSpan.Zero,
            Limits = limits ?? LoadLimits.Default,
        });
        return Of(loaded.Require(), lags, loaded.Report);
    }

    /// <summary>Takes a panel that has one field and a row a month, each series an asset.</summary>
    /// <exception cref="ArgumentException">A lag is outside its range, or the panel has several fields.</exception>
    /// <exception cref="DataException">The rows are not one a month.</exception>
    public static MonthlyTable Of(Panel monthly, PublicationLags lags, LoadReport? report = null)
    {
        ArgumentNullException.ThrowIfNull(monthly);
        ArgumentNullException.ThrowIfNull(lags);
        lags.Validate();
        if (monthly.Fields.Count != 1)
        {
            throw new ArgumentException($"The panel has {monthly.Fields.Count} fields; it must have 1.",
                nameof(monthly));
        }

        DateTime[] months = [.. monthly.Times.Select(MonthOf)];
        for (int t = 0; t < months.Length; t++)
        {
            if (months[t].Year > 9900 || (t > 0 && months[t] != months[t - 1].AddMonths(1)))
            {
                throw new DataException($"Row {t + 1} of the table is of {months[t]:yyyy-MM}, after "
                    + $"{(t > 0 ? months[t - 1] : months[t]):yyyy-MM}; there must be one row a month.");
            }
        }

        double[][] columns = [.. monthly.Assets.Select((_, a) => monthly.Column(a, 0).ToArray())];
        return new MonthlyTable(Panel.Create(months, monthly.Assets, monthly.Fields, columns), lags,
            report ?? new LoadReport { Source = "a panel", Rows = monthly.Length });
    }

    /// <summary>When the month of a row was published for a series, UTC.</summary>
    public DateTime PublishedAt(int row, string series) => Published(Months[row], _lags.Of(series));

    /// <summary>One series with the days of its publication.</summary>
    /// <exception cref="ArgumentException">No such series.</exception>
    public Panel Of(string series)
    {
        int days = _lags.Of(series);
        return Panel.Create(Months, [series], _values.Fields, [_values.Column(_values.AssetIndex(series), 0).ToArray()],
            [.. Months.Select(m => Published(m, days))]);
    }

    /// <summary>The series on another time axis: at each time the value of the last month that was published by then
    /// and has one; NaN before the first.</summary>
    /// <param name="axis">Strictly increasing moments, UTC: the times of availability of the rows that it is to stand
    /// beside.</param>
    /// <returns>axis x series.</returns>
    /// <exception cref="ArgumentException">The axis does not rise.</exception>
    public Panel AsKnownAt(IReadOnlyList<DateTime> axis)
    {
        ArgumentNullException.ThrowIfNull(axis);
        double[][] columns = new double[Series.Count][];
        for (int s = 0; s < columns.Length; s++)
        {
            ReadOnlySpan<double> values = _values.Column(s, 0);
            int days = _lags.Of(Series[s]), next = 0;
            double known = double.NaN;
            columns[s] = new double[axis.Count];
            for (int t = 0; t < axis.Count; t++)
            {
                for (; next < values.Length && Published(Months[next], days) <= axis[t]; next++)
                {
                    known = double.IsNaN(values[next]) ? known : values[next];
                }

                columns[s][t] = known;
            }
        }

        return Panel.Create(axis, Series, _values.Fields, columns);
    }

    private static DateTime MonthOf(DateTime time) => new(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Utc);

    private static DateTime Published(DateTime month, int days) => month.AddMonths(1).AddDays(days);
}
