using System.Text;

namespace FinML.Notebooks.Tests.Cache;

/// <summary>A cell tagged "cache" does not run again where nothing that it depends on has changed, and runs where
/// anything has. Cells count their runs in a file, which no cache can put back.</summary>
public sealed class CellCacheTests : IDisposable
{
    private const string Note = "From the cache, made at ";

    private readonly Notebooks.Folder folder = new();
    private readonly List<string> notes = [];
    private readonly Dictionary<string, string> parameters = [];
    private readonly Dictionary<string, string> data = [];

    public void Dispose() => folder.Dispose();

    private string Runs => Path.Combine(folder.Path, "runs");

    /// <summary>Code that counts a run of its cell. The name is computed, so that the file is no input.</summary>
    private string Count => $"System.IO.File.AppendAllText(@\"{folder.Path}\" + \"/runs\", \"x\");";

    private int Counted => File.Exists(Runs) ? File.ReadAllText(Runs).Length : 0;

    private async Task<NotebookRunResult> RunAsync(Notebook notebook, bool fresh = false, bool cached = true)
    {
        var result = await Notebooks.RunAsync(notebook, new NotebookHostOptions
        {
            BaseDirectory = folder.Path,
            Parameters = parameters,
            Name = "a.ipynb",
            Cache = cached ? Cache(fresh) : null,
            DataHashes = () => data,
            DataHash = name => data.GetValueOrDefault(name),
        });
        Assert.True(result.Error is null, result.Error?.Sentence);
        return result;
    }

    private CellCache Cache(bool fresh = false) =>
        new(Path.Combine(folder.Path, "cache")) { Fresh = fresh, Note = notes.Add };

    private static Notebook Of(string above, string cached, string below, params string[] tags) => Notebook.Create(
        NotebookCell.Create("above", CellKind.Code, above, "parameters"),
        NotebookCell.Create("cached", CellKind.Code, cached, ["cache", .. tags]),
        NotebookCell.Create("below", CellKind.Code, below));

    private Notebook Simple(string above = "var n = 2;") =>
        Of(above, $"{Count} var x = new[] {{ n, 0.1 }}; Console.WriteLine(\"ran\");", "x[0] + x[1]");

    [Fact]
    public async Task TheSecondRunTakesTheResultAndSaysSo()
    {
        var first = await RunAsync(Simple());
        var second = await RunAsync(Simple());

        Assert.Equal(1, Counted);
        Assert.Equal((0, 1), (first.CellsFromCache, second.CellsFromCache));
        Assert.Equal("ran\n", Notebooks.Text(first, 2));
        Assert.StartsWith(Note, Notebooks.Text(second, 2));
        Assert.Contains("not run now", Notebooks.Text(second, 2));
        Assert.EndsWith("ran\n", Notebooks.Text(second, 2));
        Assert.Equal(Notebooks.Text(first, 3), Notebooks.Text(second, 3));
        Assert.Equal("[2]", second.Executed.Metadata["finml"]!["cachedCells"]!.ToJsonString());
        Assert.Empty(notes);
    }

    [Fact]
    public async Task ValuesOfEveryHeldKindComeBackAsTheyWere()
    {
        const string Code = """
            using System.Globalization;
            record Trade(string Asset, double Price, DateTime Time, Trade? Next = null);
            enum Side { Buy, Sell }
            double Twice(double v) => 2 * v + small;
            const int Size = 3;
            var small = 0.1 + 0.2;
            double[] odd = { double.NaN, double.NegativeInfinity, -0.0, double.Epsilon, 1e308 };
            var jagged = new[] { new[] { 1f, 2f }, new float[0] };
            var time = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);
            List<Trade> trades = new() { new("A \ud83d\udca5", 1.5, time) };
            trades.Add(new("B", 2, default, trades[0]));
            var counts = new Dictionary<string, long> { ["z"] = long.MinValue, ["a"] = 1 };
            (double Low, int? High) range = (1.5, null);
            Side side = Side.Sell;
            string? nothing = null;
            decimal exact = 1.10m;
            var (left, right) = (1, "two");
            int.TryParse("7", out var seven);
            DateOnly day = new(2020, 2, 29);
            """;
        const string Below = """
            string.Join("|", small.ToString("R"), string.Join(",", odd), double.IsNegative(odd[2]),
                jagged[0][1], jagged[1].Length, trades[1].Next == trades[0], trades[0], trades[0].Time.Kind,
                counts["z"], string.Join(",", counts.Keys), range.High is null, range.Low, side, nothing is null, exact,
                left + right, seven, day.ToString("o", CultureInfo.InvariantCulture), Twice(1), Size)
            """;

        var first = await RunAsync(Of("", Code, Below));
        var second = await RunAsync(Of("", Code, Below));

        Assert.Empty(notes);
        Assert.Equal(1, second.CellsFromCache);
        Assert.Equal(Notebooks.Text(first, 3), Notebooks.Text(second, 3));
        Assert.Contains("True", Notebooks.Text(second, 3));
    }

    [Fact]
    public async Task AChangeAboveOrInTheCellOrOfAParameterMisses()
    {
        await RunAsync(Simple());
        await RunAsync(Simple("var n = 2; // other"));
        Assert.Equal(2, Counted);
        await RunAsync(Of("var n = 2;", $"{Count} var x = new[] {{ n, 0.2 }};", "x[0]"));
        Assert.Equal(3, Counted);
        parameters["n"] = "5";
        var given = await RunAsync(Simple());
        Assert.Equal((4, 0), (Counted, given.CellsFromCache));
        Assert.Equal(1, (await RunAsync(Simple())).CellsFromCache);
        parameters.Clear();
        Assert.Equal(1, (await RunAsync(Simple())).CellsFromCache);
        Assert.Equal(4, Counted);
    }

    [Fact]
    public async Task ACellBelowMayChange()
    {
        await RunAsync(Simple());
        var other = await RunAsync(Of(
            "var n = 2;", $"{Count} var x = new[] {{ n, 0.1 }}; Console.WriteLine(\"ran\");", "x[1] * 10"));
        Assert.Equal((1, 1), (Counted, other.CellsFromCache));
        Assert.Contains("1", Notebooks.Text(other, 3));
    }

    [Theory]
    [InlineData("var text = System.IO.File.ReadAllText(Dir + \"/\" + \"prices.csv\");", "cache-input:*.csv")]
    [InlineData("var text = System.IO.File.ReadAllText(Path.Combine(Dir, \"prices.csv\"));", null)]
    public async Task AChangedFileMisses(string code, string? tag)
    {
        var file = Path.Combine(folder.Path, "prices.csv");
        File.WriteAllText(file, "1");
        Notebook notebook() => Of(
            $"const string Dir = @\"{folder.Path}\";", $"{Count} {code}", "text", tag is null ? [] : [tag]);

        await RunAsync(notebook());
        Assert.Equal(1, (await RunAsync(notebook())).CellsFromCache);
        File.WriteAllText(file, "2");
        var changed = await RunAsync(notebook());

        Assert.Equal((2, 0), (Counted, changed.CellsFromCache));
        Assert.Contains("2", Notebooks.Text(changed, 3));
    }

    [Fact]
    public async Task AChangedDataSetMissesAndAReadOneIsOnTheRecord()
    {
        data["nyse"] = "abc";
        await RunAsync(Simple());
        var taken = await RunAsync(Simple());
        Assert.Equal((1, 1), (Counted, taken.CellsFromCache));
        Assert.Equal("abc", taken.Executed.Metadata["finml"]!["data"]!["nyse"]!.ToString());
        data["nyse"] = "def";
        Assert.Equal(0, (await RunAsync(Simple())).CellsFromCache);
        Assert.Equal(2, Counted);
    }

    [Fact]
    public async Task AnotherLibraryMisses()
    {
        var notebook = Simple();
        string Key(params System.Reflection.Assembly[] libraries) =>
            CacheKey.Of([.. notebook.Cells.Take(2)], new NotebookHostOptions { References = libraries });

        Assert.Equal(Key(), Key());
        Assert.NotEqual(Key(), Key(typeof(CellCacheTests).Assembly));
        Assert.NotEqual(Key(typeof(Assert).Assembly), Key(typeof(CellCacheTests).Assembly));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task ASpoiltEntryIsSaidAndTheCellRuns()
    {
        await RunAsync(Simple());
        var file = Assert.Single(Directory.GetFiles(Cache().Folder));
        var bytes = File.ReadAllBytes(file);
        foreach (var spoilt in (byte[][])[[], bytes[..^10], Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(bytes).Replace("0.1", "0.2", StringComparison.Ordinal))])
        {
            File.WriteAllBytes(file, spoilt);
            notes.Clear();
            var result = await RunAsync(Simple());
            Assert.Equal(0, result.CellsFromCache);
            Assert.Contains("is spoilt", Assert.Single(notes));
            Assert.Equal(bytes.Length, File.ReadAllBytes(file).Length, 60.0); // stored again
        }

        Assert.Equal(4, Counted);
        Assert.Equal(1, (await RunAsync(Simple())).CellsFromCache);
    }

    [Fact]
    public async Task FreshRunsReplaceAndRunsWithoutACacheIgnore()
    {
        await RunAsync(Simple());
        Assert.Equal(0, (await RunAsync(Simple(), fresh: true)).CellsFromCache);
        Assert.Equal(0, (await RunAsync(Simple(), cached: false)).CellsFromCache);
        Assert.Equal(3, Counted);
        Assert.Equal("cached", Assert.Single(Cache().List()).Entry.Cell);
    }

    [Fact]
    public async Task ACheckRunsTheCell()
    {
        var options = new NotebookHostOptions { BaseDirectory = folder.Path, Cache = Cache() };
        var stored = (await RunAsync(Simple())).Executed;
        var check = await new NotebookChecker(options, new OutputTolerance()).CheckAsync(stored);
        Assert.Equal((CheckStatus.Same, 2), (check.Status, Counted));
    }

    [Theory]
    [InlineData("var f = (Func<int>)(() => 1);", "declares 'f' of the type Func<int>, which the cache cannot hold.")]
    [InlineData("var q = new[] { 1 }.Select(i => i);", "IEnumerable<int>, which the cache cannot hold. It holds")]
    [InlineData("var q = new[] { 1 }.Select(i => i);", "end the query with ToArray()")]
    [InlineData("double[,] m = new double[2, 2];", "declares 'm' of the type double[,]")]
    [InlineData("object o = 1;", "declares 'o' of the type object")]
    [InlineData("var a = new { P = 1 };", "declares 'a' of the type <anonymous type: int P>")]
    [InlineData("n = 3;", "changes 'n' of an earlier cell")]
    [InlineData("list[0]++;", "changes 'list' of an earlier cell")]
    [InlineData("(n, var k) = (3, 4);", "changes 'n' of an earlier cell")]
    [InlineData("int P { get; } = 3;", "declares a property")]
    public async Task WhatCannotBeCachedIsRefusedBeforeAnythingRuns(string code, string expected)
    {
        var notebook = Of($"{Count} var n = 2; var list = new List<int> {{ 1 }};", code, "");
        var error = await Assert.ThrowsAsync<NotebookException>(() => Notebooks.RunAsync(notebook, new()));
        Assert.Contains(expected, error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(0, Counted);
    }

    [Theory]
    [InlineData("var m = list.Count; list.Add(3);", "it changes 'list' of an earlier cell")]
    [InlineData("record P(int A); record Q(int A, int B) : P(A); P p = new Q(1, 2);", "'p' cannot be held, it holds")]
    public async Task WhatIsFoundOutWhenItRanIsNotStoredAndSaid(string code, string expected)
    {
        var notebook = Of("var list = new List<int> { 1 };", code, "");
        await RunAsync(notebook);
        Assert.Contains(expected, Assert.Single(notes));
        Assert.Equal(0, (await RunAsync(notebook)).CellsFromCache);
    }

    [Fact]
    public async Task ADeclaredInputThatIsNotThereIsAnError()
    {
        var result = await Notebooks.RunAsync(
            Of("", "var x = 1;", "", "cache-input:none/*.csv"),
            new NotebookHostOptions { BaseDirectory = folder.Path, Cache = Cache() });
        Assert.Contains("the tag \"cache-input:none/*.csv\" names no file", result.Error!.Message);
    }

    [Fact]
    public async Task ACellThatThrowsIsNotStored()
    {
        var result = await Notebooks.RunAsync(
            Of("", "var x = 1; throw new Exception(\"no\");", ""),
            new NotebookHostOptions { BaseDirectory = folder.Path, Cache = Cache() });
        Assert.Equal(RunStatus.Failed, result.Status);
        Assert.Empty(Cache().List());
    }

    [Fact]
    public async Task ClearingTakesOneNotebooksResultsOrAll()
    {
        await RunAsync(Simple());
        File.WriteAllText(Path.Combine(Cache().Folder, "x.cell"), "junk");
        Assert.Equal(0, Cache().Clear("other.ipynb").Entries);
        Assert.Equal(1, Cache().Clear("a.ipynb").Entries);
        Assert.Equal((1, 4L), Cache().Clear());
        Assert.Empty(Cache().List());
    }
}
