using System.Globalization;
using System.IO.Compression;
using CsvHelper;

namespace FinML.Data;

/// <summary>
/// Reads a price file as people have it into a panel, or says by row why it cannot be trusted. Nothing is repaired but
/// what has one meaning: names of columns, marks of numbers, orders of dates, a file with the newest row first.
/// </summary>
/// <remarks>
/// Refused: what cannot be read, two rows of one time, rows out of order, times in the future or before 1600, prices
/// not above 0, a negative volume, a bar whose high and low do not enclose its open and close. Accepted with a note:
/// missing values, gaps, columns that are not used.
/// </remarks>
public static class CsvImport
{
    private static readonly CsvReaderOptions s_options = new()
    {
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        MaxRecordSize = 1 << 20,
    };

    /// <summary>Reads the bytes of a CSV file, plain or gzip.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static ImportReport Read(byte[] file, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        List<ImportProblem> problems = [];
        try
        {
            (IReadOnlyList<string> headers, List<(long Row, string[] Cells)> rows) = ReadCells(file);
            HeaderMap? map = HeaderMap.Find(headers, problems);
            if (map is not null)
            {
                return new Session(options, map, headers.Count).Run(rows);
            }
        }
        catch (CsvFormatException e)
        {
            problems.Add(new ImportProblem(0, $"The file is not CSV: {e.Message}"));
        }
        catch (InvalidDataException e)
        {
            problems.Add(new ImportProblem(0, $"The file is not gzip, as it says it is: {e.Message}"));
        }

        return new ImportReport { Name = options.Name, Problems = problems, ProblemCount = problems.Count };
    }

    private static (IReadOnlyList<string> Headers, List<(long Row, string[] Cells)> Rows) ReadCells(byte[] file)
    {
        Stream stream = new MemoryStream(file, writable: false);
        if (file is [0x1F, 0x8B, ..])
        {
            stream = new GZipStream(stream, CompressionMode.Decompress);
        }

        using CsvReader csv = CsvReader.Create(stream, s_options, leaveOpen: false);
        IReadOnlyList<string> headers = [.. csv.Headers];
        List<(long Row, string[] Cells)> rows = [];
        while (csv.Read())
        {
            rows.Add((csv.LineNumber, csv.Current.ToArray()));
        }

        return (headers, rows);
    }

    /// <summary>One import: first what the whole file says about its dates and numbers, then the rows, then the
    /// checks.</summary>
    private sealed class Session(ImportOptions options, HeaderMap map, int width)
    {
        private readonly ImportProblems _problems = new();
        private readonly List<string> _notes = [];
        private readonly DateReader _dates = new();
        private readonly NumberReader _numbers = new();

        public ImportReport Run(List<(long Row, string[] Cells)> rows)
        {
            List<(long Row,
                string[] Cells)> full = [.. rows.Where(r => r.Cells.Any(c => !string.IsNullOrWhiteSpace(c)))];
            foreach ((long row, string[] cells) in full.Where(HasItsWidth))
            {
                _dates.Observe(TimeText(cells), row);
                foreach ((_, int column) in map.Fields)
                {
                    _numbers.Observe(cells[column], row);
                }
            }

            foreach (ImportProblem? problem in new[] { _dates.Decide(options.DateOrder),
                _numbers.Decide(options.DecimalMark) })
            {
                if (problem is { } p)
                {
                    _problems.Add("convention", p.Row, p.Message);
                }
            }

            List<BarRow> bars = _problems.Count > 0 ? [] : ReadRows(full);
            if (_problems.Count == 0 && bars.Count < 2)
            {
                _problems.Add("few", 0, $"The file has {bars.Count} data rows; at least 2 are needed.");
            }

            if (_problems.Count == 0)
            {
                bars = BarChecks.InTimeOrder(bars, _notes);
                BarChecks.Run(bars, [.. map.Fields.Select(f => f.Field)], options.Now, _problems, _notes);
            }

            return Report(bars);
        }

        private bool HasItsWidth((long Row, string[] Cells) line) => line.Cells.Length >= width
            && line.Cells.Skip(width).All(string.IsNullOrWhiteSpace);

        private string TimeText(string[] cells) =>
            map.Time < 0 ? cells[map.Date] : $"{cells[map.Date]} {cells[map.Time]}";

        private List<BarRow> ReadRows(List<(long Row, string[] Cells)> rows)
        {
            List<(long Row, DateTime Local, TimeSpan? Offset, double[] Values)> read = [];
            foreach ((long row, string[] cells) in rows)
            {
                if (!HasItsWidth((row, cells)))
                {
                    _problems.Add("width", row, $"there are {cells.Length} values for {width} columns.");
                    continue;
                }

                if (!_dates.TryRead(TimeText(cells), out DateTime local, out TimeSpan? offset))
                {
                    _problems.Add("date", row,
                        $"'{Shorten(TimeText(cells))}' is not a date that can be read (a year needs "
                        + "four digits).");
                }

                double[] values = new double[map.Fields.Count];
                for (int f = 0; f < values.Length; f++)
                {
                    if (!_numbers.TryRead(cells[map.Fields[f].Column], out values[f]))
                    {
                        _problems.Add("number", row,
                            $"{map.Fields[f].Field} '{Shorten(cells[map.Fields[f].Column])}' is not a "
                            + "number.");
                    }
                }

                read.Add((row, local, offset, values));
            }

            // A daily file with offsets (2020-01-02 00:00:00-05:00) means the day, not the UTC moment of its midnight.
            bool daily = read.All(r => r.Local.TimeOfDay == TimeSpan.Zero);
            if (!daily && read.Any(r => r.Offset is null))
            {
                _notes.Add("Times without an offset are taken as UTC.");
            }

            List<BarRow> bars = new(read.Count);
            foreach ((long row, DateTime local, TimeSpan? offset, double[] values) in read)
            {
                long ticks = local.Ticks - (daily ? 0 : (offset ?? TimeSpan.Zero).Ticks);
                bars.Add(new BarRow(row, new DateTime(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc),
                    values));
            }

            return bars;
        }

        private ImportReport Report(List<BarRow> bars)
        {
            if (map.Ignored.Count > 0)
            {
                _notes.Add($"Not used: {string.Join(", ", map.Ignored.Take(20).Select(Shorten))}.");
            }

            bool accepted = _problems.Count == 0;
            return new ImportReport
            {
                Name = options.Name,
                Mapping = map.Mapping,
                Problems = _problems.Listed,
                ProblemCount = _problems.Count,
                Notes = _notes,
                Frequency = accepted ? BarChecks.FrequencyName(Spacing(bars)) : "",
                Panel = accepted ? ToPanel(bars) : null,
            };
        }

        private Panel ToPanel(List<BarRow> bars)
        {
            TimeSpan known = Spacing(bars);
            known = known > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : known;
            return Panel.Create([.. bars.Select(b => b.Time)], [options.Name.ToUpperInvariant()],
                [.. map.Fields.Select(f => f.Field)],
                [.. Enumerable.Range(0, map.Fields.Count).Select(f => bars.Select(b => b.Values[f]).ToArray())],
                [.. bars.Select(b => b.Time + known)]);
        }

        private static TimeSpan Spacing(List<BarRow> bars) => TimeGaps.MedianSpacing([.. bars.Select(b => b.Time)]);

        private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "...";
    }
}
