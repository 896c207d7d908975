using FinML.Data.Store;
using static FinML.Data.Tests.Store.TemporaryStore;

namespace FinML.Data.Tests.Store;

public sealed class PanelStoreTests : IDisposable
{
    private readonly TemporaryStore _place = new();

    public void Dispose() => _place.Dispose();

    [SkippableFact]
    public void A_panel_comes_back_as_it_went_in()
    {
        Engine.Require();
        Panel panel = DataCatalog.Open().Load("sp500");
        AppendReport report = _place.Create([.. panel.Fields]).Append(panel);
        Assert.Equal(21, report.Files.Count); // 2000 to 2020
        Assert.Equal(panel.Length, report.Rows);
        Panel back = _place.Open().Load();
        Assert.Equal(panel.Times, back.Times);
        Assert.Equal(panel.AvailableAt, back.AvailableAt);
        Assert.Equal(panel.Assets, back.Assets);
        Assert.All(panel.Fields, f => Assert.Equal(panel.Column("SP500", f), back.Column("SP500", f)));
        Assert.Empty(_place.Open().Verify());
    }

    [SkippableFact]
    public void Symbols_with_other_times_are_put_on_the_union_and_NaN_elsewhere()
    {
        Engine.Require();
        PanelStore store = _place.Create("close");
        store.Append(Of("B", [0, 2, 400], [1, 2, 3], [1, 5, 401]));
        store.Append(Of("A/ü", [1, 2], [10, double.NaN], [1, 3]));
        Panel panel = _place.Open().Load();
        Assert.Equal(["A/ü", "B"], panel.Assets);
        Assert.Equal([Day(0), Day(1), Day(2), Day(400)], panel.Times);
        Assert.Equal([double.NaN, 10, double.NaN, double.NaN], panel.Column(0, 0).ToArray());
        Assert.Equal([1, double.NaN, 2, 3], panel.Column(1, 0).ToArray());
        Assert.Equal([Day(1), Day(1), Day(5), Day(401)], panel.AvailableAt);
        Assert.Equal(["data/symbol=A%2F%C3%BC/year=2020", "data/symbol=B/year=2020", "data/symbol=B/year=2021"],
            _place.Files().Where(f => f.EndsWith(".parquet", StringComparison.Ordinal))
                .Select(f => Path.GetDirectoryName(f)!.Replace('\\', '/')));
    }

    [SkippableFact]
    public void A_query_picks_symbols_fields_and_a_span()
    {
        Engine.Require();
        PanelStore store = PanelStore.Create(_place.Folder, ["open", "Close"]);
        DateTime[] times = [.. Enumerable.Range(0, 1000).Select(Day)];
        double[] up = [.. Enumerable.Range(0, 1000).Select(i => (double)i)], down = [.. up.Select(x => -x)];
        store.Append(Panel.Create(times, ["a", "b"], ["Close", "open"], [up, down, down, up]));
        Panel panel = store.Load(new StoreQuery
        { Symbols = ["b", "a"], Fields = ["Close"], From = Day(364), Before = Day(369) });
        Assert.Equal(["b", "a"], panel.Assets);
        Assert.Equal(["Close"], panel.Fields);
        Assert.Equal([-364, -365, -366, -367, -368], panel.Column("b", "Close").ToArray());
        Assert.Equal([364, 365, 366, 367, 368], panel.Column("a", "Close").ToArray());
        Assert.Contains("'c'", Assert.Throws<ArgumentException>(() =>
            store.Load(new StoreQuery { Symbols = ["c"] })).Message, StringComparison.Ordinal);
        Assert.Contains("'high'", Assert.Throws<ArgumentException>(() =>
            store.Scan(new StoreQuery { Fields = ["high"] })).Message, StringComparison.Ordinal);
        Assert.Contains("no row", Assert.Throws<DataException>(() =>
            store.Load(new StoreQuery { From = Day(5000) })).Message, StringComparison.Ordinal);
    }

    /// <summary>GDP of a quarter, first published on day 30 and revised on days 60 and 90.</summary>
    [SkippableFact]
    public void What_was_known_is_the_version_of_that_day()
    {
        Engine.Require();
        PanelStore store = _place.Create("close");
        store.Append(Of("GDP", [0, 20], [1.0, 7], [30, 40]));
        store.Append(Of("GDP", [0], [1.1], [60]));
        store.Append(Of("GDP", [0], [1.2], [90]));
        Assert.Equal([1.0], store.AsOf(Day(39)).Column(0, 0).ToArray());
        Assert.Equal([1.0, 7], store.AsOf(Day(59)).Column(0, 0).ToArray());
        Assert.Equal([1.1, 7], store.AsOf(Day(60)).Column(0, 0).ToArray());
        Assert.Equal([1.2, 7], store.Load().Column(0, 0).ToArray());
        Assert.Throws<DataException>(() => store.AsOf(Day(29)));
        // A row is not known before the rows above it: the revision of day 90 holds for both.
        Assert.Equal([Day(90), Day(90)], store.Load().AvailableAt);
        Assert.Equal((3, 1), store.Compact());
        Assert.Equal([1.1, 7], _place.Open().AsOf(Day(60)).Column(0, 0).ToArray());
        Assert.Equal([1.2, 7], _place.Open().Load().Column(0, 0).ToArray());
        Assert.Empty(_place.Open().Verify());
    }

    [SkippableFact]
    public void A_row_that_is_there_is_refused_and_nothing_is_written()
    {
        Engine.Require();
        PanelStore store = _place.Create("close");
        store.Append(Of("A", [0, 1, 2], [1, 2, 3]));
        string[] before = _place.Files();
        DataException e = Assert.Throws<DataException>(() => store.Append(
            Panel.Create([Day(1), Day(9)], ["0", "A"], ["close"], [[1.0, 2], [5.0, 6]])));
        Assert.Contains("A has a row of 2020-01-02 00:00:00 already", e.Message, StringComparison.Ordinal);
        Assert.Equal(before, _place.Files());
        Assert.Equal(["A"], _place.Open().Symbols);
        store.Append(Of("A", [3, 4], [4, 5])); // and the next one works
        Assert.Equal(5, _place.Open().Load().Length);
    }

    [SkippableFact]
    public void A_scan_has_the_rows_of_the_load_in_chunks()
    {
        Engine.Require();
        const int n = 20_000;
        PanelStore store = PanelStore.Create(_place.Folder, ["close"], new StoreOptions
        { ChunkRows = 3000, RowGroup = 2048 });
        DateTime[] times = [.. Enumerable.Range(0, n).Select(i => Day(0).AddHours(i))];
        double[] values = [.. Enumerable.Range(0, n).Select(i => i % 5 == 0 ? double.NaN : i)];
        store.Append(Panel.Create(times, ["A", "B"], ["close"], [values, [.. values.Select(x => 2 * x)]]));
        Panel panel = store.Load();
        foreach (string symbol in (string[])["A", "B"])
        {
            List<double> scanned = [];
            List<DateTime> when = [];
            foreach (StoreChunk chunk in store.Scan().Where(c => c.Symbol == symbol))
            {
                Assert.InRange(chunk.Length, 1, 3000);
                scanned.AddRange(chunk.Column(0));
                when.AddRange(chunk.Times);
            }

            Assert.Equal(panel.Column(symbol, "close").ToArray(), scanned);
            Assert.Equal(panel.Times, when);
        }
    }

    [SkippableFact]
    public void Leftovers_of_a_stopped_writer_are_ignored_and_removed()
    {
        Engine.Require();
        PanelStore store = _place.Create("close");
        store.Append(Of("A", [0, 1], [1, 2]));
        string[] before = _place.Files();
        string committed = Path.Combine(_place.Folder, before.Single(f => f.EndsWith(".parquet",
            StringComparison.Ordinal)));
        File.Copy(committed, Path.Combine(Path.GetDirectoryName(committed)!, "part-000002-leftover.parquet"));
        Directory.CreateDirectory(Path.Combine(_place.Folder, "staging", "x"));
        File.WriteAllText(Path.Combine(_place.Folder, "staging", "x", "0.parquet"), "half");
        File.WriteAllText(Path.Combine(_place.Folder, "manifest.json.0123.tmp"), "{");
        Assert.Equal(2, store.Load().Length);
        Assert.Equal(2, _place.Open().Load().Length);
        Assert.Equal(before, _place.Files());
    }

    [SkippableFact]
    public void A_second_writer_waits_and_then_says_so()
    {
        Engine.Require();
        PanelStore store = PanelStore.Create(_place.Folder, ["close"], new StoreOptions
        { LockTimeout = TimeSpan.FromMilliseconds(60) });
        using (StoreLock.TryTake(_place.Folder))
        {
            Assert.Contains("Another process", Assert.Throws<DataException>(() =>
                store.Append(Of("A", [0], [1]))).Message, StringComparison.Ordinal);
        }

        store.Append(Of("A", [0], [1]));
        PanelStore other = _place.Open();
        other.Append(Of("B", [0], [1]));
        store.Append(Of("C", [0], [1])); // sees the other's manifest
        Assert.Equal(["A", "B", "C"], _place.Open().Symbols);
    }

    [SkippableFact]
    public void A_changed_file_is_named()
    {
        Engine.Require();
        PanelStore store = _place.Create("close");
        StoreFile file = store.Append(Of("A", [0, 1], [1, 2])).Files.Single();
        string path = Path.Combine(store.DataFolder, file.Path);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains(file.Sha256, Assert.Single(store.Verify()), StringComparison.Ordinal);
        File.Delete(path);
        Assert.Contains("missing", Assert.Single(store.Verify()), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_folders_fields_and_manifests_are_sentences()
    {
        Assert.Contains("There is no store", Assert.Throws<DataException>(() => _place.Open()).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _place.Create());
        Assert.Throws<ArgumentException>(() => _place.Create("close", "Close"));
        Assert.Throws<ArgumentException>(() => _place.Create("Time"));
        PanelStore store = _place.Create("close");
        Assert.Contains("not empty", Assert.Throws<DataException>(() => _place.Create("close")).Message,
            StringComparison.Ordinal);
        Assert.Contains("[open]", Assert.Throws<ArgumentException>(() => store.Append(
            Panel.OfAsset("A", [Day(0)], ("open", [1])))).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_place.Folder, "manifest.json"), "{ \"format\": 2, \"fields\": [\"a\"] }");
        Assert.Contains("format 2", Assert.Throws<DataException>(() => _place.Open()).Message,
            StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_time_finer_than_a_microsecond_is_refused()
    {
        Engine.Require();
        Assert.Contains("finer than a microsecond", Assert.Throws<ArgumentException>(() => _place.Create("close")
            .Append(Panel.OfAsset("A", [Day(0).AddTicks(1)], ("close", [1])))).Message, StringComparison.Ordinal);
    }
}
