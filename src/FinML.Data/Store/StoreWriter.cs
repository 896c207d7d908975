using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FinML.Data.Store;

/// <summary>
/// Writes Parquet files into a folder of their own and then, by renaming, into the store's data; only the swap of the
/// manifest makes them a part of it. Used under the store's lock.
/// </summary>
internal sealed class StoreWriter(string folder, StoreManifest manifest, StoreOptions options) : IDisposable
{
    public const string DataFolder = "data", StagingFolder = "staging";

    private readonly string _staging = Path.Combine(folder, StagingFolder, Guid.NewGuid().ToString("N"));
    private readonly DuckDbConnection _connection = DuckDbConnection.Open(options.Engine);
    private readonly List<(string From, StoreFile File)> _staged = [];

    /// <summary>Stages the rows of a panel, a file a symbol and year.</summary>
    public void Stage(Panel panel, IReadOnlyList<int> fields, CancellationToken stop)
    {
        long[] times = [.. panel.Times.Select(StoreTime.ToMicroseconds)];
        long[] known = [.. panel.AvailableAt.Select(StoreTime.ToMicroseconds)];
        for (int asset = 0; asset < panel.Assets.Count; asset++)
            Stage(panel, asset, fields, times, known, stop);
    }

    private void Stage(Panel panel, int asset, IReadOnlyList<int> fields, long[] allTimes, long[] allKnown,
        CancellationToken stop)
    {
        int[] rows = RowsOf(panel, asset, fields);
        if (rows.Length == 0)
            return;
        string symbol = panel.Assets[asset];
        // All rows, mostly: then the panel's columns are taken as they are.
        bool all = rows.Length == panel.Length;
        long[] times = all ? allTimes : [.. rows.Select(t => allTimes[t])];
        long[] known = all ? allKnown : [.. rows.Select(t => allKnown[t])];
        double[][]? gathered = all ? null : [.. fields.Select(f => Gather(panel.Column(asset, f), rows))];
        bool versions = CheckVersions(symbol, times, known, stop);
        string definition = string.Concat(manifest.Fields.Select(f => $", {DuckDbConnection.Name(f)} DOUBLE"));
        for (int start = 0, end; start < rows.Length; start = end)
        {
            int year = panel.Times[rows[start]].Year;
            end = EndOfYear(times, start, year);
            (int from, int length) = (start, end - start);
            _connection.Execute(
                $"CREATE OR REPLACE TEMP TABLE part (time TIMESTAMPTZ, available_at TIMESTAMPTZ{definition})", stop);
            using (DuckDbAppender appender = new(_connection, "part", 2, fields.Count))
            {
                appender.Append(length, c => (c == 0 ? times : known).AsSpan(from, length), c => gathered is null
                    ? panel.Column(asset, fields[c]).Slice(from, length) : gathered[c].AsSpan(from, length));
                appender.Close();
            }

            Write("part", symbol, year, length, panel.Times[rows[from]], panel.Times[rows[end - 1]], versions, stop);
        }

        _connection.Execute("DROP TABLE part", stop);
    }

    /// <summary>Stages one file in the place of several of a symbol and year.</summary>
    public void StageMerged(StoreReader reader, IReadOnlyList<StoreFile> files, CancellationToken stop) =>
        Write($"(SELECT * FROM {reader.Source(files)} ORDER BY time, available_at)", files[0].Symbol, files[0].Year,
            files.Sum(f => f.Rows), files.Min(f => f.First), files.Max(f => f.Last), StoreReader.HaveVersions(files),
            stop);

    /// <summary>Renames what is staged into the data folder, and swaps the manifest.</summary>
    public StoreManifest Commit(IReadOnlySet<StoreFile>? replaced = null)
    {
        foreach ((string from, StoreFile file) in _staged)
        {
            string to = Path.Combine(folder, DataFolder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Move(from, to);
        }

        StoreManifest changed = manifest.With(Files, replaced);
        changed.Write(Path.Combine(folder, StoreManifest.FileName));
        return changed;
    }

    /// <summary>What is staged.</summary>
    public IEnumerable<StoreFile> Files => _staged.Select(s => s.File);

    public void Dispose()
    {
        _connection.Dispose();
        if (Directory.Exists(_staging))
            Directory.Delete(_staging, recursive: true);
    }

    /// <summary>Removes what no manifest lists: the rest of a writer that was stopped.</summary>
    public static void Clean(string folder, StoreManifest manifest)
    {
        string staging = Path.Combine(folder, StagingFolder), data = Path.Combine(folder, DataFolder);
        if (Directory.Exists(staging))
            Directory.Delete(staging, recursive: true);
        foreach (string half in Directory.EnumerateFiles(folder, StoreManifest.FileName + ".*.tmp"))
            File.Delete(half);
        HashSet<string> listed = [.. manifest.Files.Select(f => Path.GetFullPath(Path.Combine(data, f.Path)))];
        foreach (string file in Directory.Exists(data)
            ? Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories) : [])
        {
            if (!listed.Contains(Path.GetFullPath(file)))
                File.Delete(file);
        }
    }

    /// <summary>A symbol as a folder name: letters, digits, '-', '_' and '.' as they are, other bytes of its UTF-8 as
    /// %XX, as all readers of such folders have it.</summary>
    public static string Escape(string symbol)
    {
        StringBuilder escaped = new();
        foreach (byte b in Encoding.UTF8.GetBytes(symbol))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || (char)b is '-' or '_' || ((char)b == '.' && escaped.Length > 0))
                escaped.Append((char)b);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return escaped.ToString();
    }

    private void Write(string source, string symbol, int year, long rows, DateTime first, DateTime last,
        bool versions, CancellationToken stop)
    {
        Directory.CreateDirectory(_staging);
        string temporary = Path.Combine(_staging, $"{_staged.Count}.parquet");
        long written = _connection.Execute($"COPY {source} TO {DuckDbConnection.Literal(temporary)} (FORMAT parquet, "
            + $"COMPRESSION {options.Compression}, ROW_GROUP_SIZE {options.RowGroup})", stop);
        if (written != rows)
            throw new DataException($"DuckDB wrote {written} rows of {symbol}, {year}, where there are {rows}.");
        string hash;
        using (FileStream stream = new(temporary, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            hash = Convert.ToHexStringLower(SHA256.HashData(stream));
            stream.Flush(flushToDisk: true);
        }

        _staged.Add((temporary, new StoreFile
        {
            Path = $"symbol={Escape(symbol)}/year={year}/part-{manifest.Generation + 1:D6}-{hash[..12]}.parquet",
            Symbol = symbol,
            Year = year,
            Rows = rows,
            Bytes = new FileInfo(temporary).Length,
            Sha256 = hash,
            First = first,
            Last = last,
            Versions = versions,
        }));
    }

    /// <summary>A row is a new time, or a version that became available after all others of its time.</summary>
    /// <returns>Whether there are such versions.</returns>
    private bool CheckVersions(string symbol, long[] times, long[] known, CancellationToken stop)
    {
        StoreReader reader = new(Path.Combine(folder, DataFolder), manifest, new StoreQuery
        {
            From = StoreTime.FromMicroseconds(times[0]),
            Before = StoreTime.FromMicroseconds(times[^1] + 1),
        });
        StoreFile[] files = reader.FilesOf(symbol);
        if (files.Length == 0)
            return false;
        Dictionary<long, long> latest = [];
        using DuckDbResult result = _connection.Query(
            $"SELECT time, max(available_at) FROM {reader.Source(files)}{reader.Where()} GROUP BY time", stop);
        long[] oldTimes = [], oldKnown = [];
        while (result.Next() is { } chunk)
        {
            (oldTimes, oldKnown) = oldTimes.Length < chunk.Rows
                ? (new long[chunk.Rows], new long[chunk.Rows]) : (oldTimes, oldKnown);
            chunk.CopyIntegers(0, oldTimes);
            chunk.CopyIntegers(1, oldKnown);
            for (int i = 0; i < chunk.Rows; i++)
                latest.Add(oldTimes[i], oldKnown[i]);
        }

        bool versions = false;
        for (int t = 0; t < times.Length; t++)
        {
            if (!latest.TryGetValue(times[t], out long before))
                continue;
            versions = true;
            if (known[t] <= before)
            {
                throw new DataException($"{symbol} has a row of {StoreTime.Show(StoreTime.FromMicroseconds(times[t]))} "
                    + $"already, available at {StoreTime.Show(StoreTime.FromMicroseconds(before))}; a new version has "
                    + $"to be available later, and is at {StoreTime.Show(StoreTime.FromMicroseconds(known[t]))}.");
            }
        }

        return versions;
    }

    /// <summary>The first row after a year.</summary>
    private static int EndOfYear(long[] times, int start, int year)
    {
        if (year == DateTime.MaxValue.Year)
            return times.Length;
        long next = StoreTime.ToMicroseconds(new DateTime(year + 1, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        int at = Array.BinarySearch(times, start, times.Length - start, next);
        return at < 0 ? ~at : at;
    }

    /// <summary>The rows in which the asset has any value.</summary>
    private static int[] RowsOf(Panel panel, int asset, IReadOnlyList<int> fields)
    {
        bool[] present = new bool[panel.Length];
        foreach (int field in fields)
        {
            ReadOnlySpan<double> column = panel.Column(asset, field);
            for (int t = 0; t < column.Length; t++)
                present[t] |= !double.IsNaN(column[t]);
        }

        return [.. Enumerable.Range(0, panel.Length).Where(t => present[t])];
    }

    private static double[] Gather(ReadOnlySpan<double> column, int[] rows)
    {
        double[] values = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            values[i] = column[rows[i]];
        return values;
    }
}
