using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FinML.Tests;

namespace FinML.Data.Tests.Catalog;

public sealed class DataFetchTests : IDisposable
{
    private static readonly byte[] s_content = "Date,Price\n2020-01,1\n2020-02,2.5\n"u8.ToArray();

    private readonly TemporaryCatalog _copy = new();
    private readonly string _mirror;

    public DataFetchTests()
    {
        _mirror = Directory.CreateDirectory(Path.Combine(_copy.Root, "mirror")).FullName;
        byte[] file = Gzip(s_content, CompressionLevel.Optimal);
        File.WriteAllBytes(Path.Combine(_mirror, "a-test.csv.gz"), file);
        _copy.Edit(sets => sets.Add(new JsonObject
        {
            ["name"] = "a-test",
            ["title"] = "a test",
            ["file"] = "public/a-test.csv.gz",
            ["sha256"] = DataCatalog.Hash(file),
            ["kind"] = "panel",
            ["rows"] = 2,
            ["columns"] = new JsonArray("month", "close"),
            ["header"] = "replaced",
            ["layout"] = "fields",
            ["time"] = "month",
            ["start"] = "2020-01",
            ["end"] = "2020-02",
            ["fetchable"] = true,
            ["contentSha256"] = DataCatalog.Hash(s_content),
            ["contentBytes"] = s_content.Length,
            ["source"] = new JsonObject
            { ["registry"] = "GitHub", ["package"] = "a/b", ["version"] = "c0ffee", ["object"] = "data/c.csv" },
        }));
    }

    private string Target => Path.Combine(_copy.Root, "public", "a-test.csv.gz");

    public void Dispose() => _copy.Dispose();

    private static byte[] Gzip(byte[] bytes, CompressionLevel level)
    {
        using MemoryStream buffer = new();
        using (GZipStream gzip = new(buffer, level, leaveOpen: true))
            gzip.Write(bytes);
        return buffer.ToArray();
    }

    private Task<FetchResult> FetchAsync(FetchOptions options) =>
        DataFetch.RunAsync(DataCatalog.Open(_copy.Root), "a-test", options);

    private Task<FetchResult> DownloadAsync(Server server) =>
        FetchAsync(new FetchOptions { Client = new HttpClient(server) });

    [Fact]
    public async Task What_is_not_here_is_absent_and_says_how_to_get_it()
    {
        DataCatalog catalog = DataCatalog.Open(_copy.Root);
        DataSetCheck check = catalog.Verify(catalog.Find("a-test"));
        Assert.True(check.Passed && check.Absent);
        Assert.Contains("finml data fetch a-test", Assert.Throws<DataException>(() => catalog.Load("a-test")).Message,
            StringComparison.Ordinal);
        FetchResult fetched = await FetchAsync(new FetchOptions { From = _mirror });
        Assert.True(fetched.SameFile);
        Assert.Equal(Path.Combine(_mirror, "a-test.csv.gz"), fetched.Source);
        check = catalog.Verify(catalog.Find("a-test"));
        Assert.True(check.Passed && !check.Absent);
        Panel panel = catalog.Load("a-test");
        Assert.Equal([1, 2.5], panel.Column("a-test", "close").ToArray());
        Assert.Equal(new DateTime(2020, 2, 1, 0, 0, 0, DateTimeKind.Utc), panel.Times[1]);
        Assert.Null((await FetchAsync(new FetchOptions())).Source);
    }

    [Fact]
    public async Task A_file_that_is_compressed_in_another_way_is_the_same_data()
    {
        byte[] other = Gzip(s_content, CompressionLevel.NoCompression);
        File.WriteAllBytes(Path.Combine(_mirror, "a-test.csv.gz"), other);
        Assert.False((await FetchAsync(new FetchOptions { From = _mirror })).SameFile);
        Assert.Equal(other, File.ReadAllBytes(Target));
        Assert.Equal(2, DataCatalog.Open(_copy.Root).Load("a-test").Length);
    }

    [Fact]
    public async Task A_download_comes_from_the_version_of_the_catalogue_and_is_stored_compressed()
    {
        Server server = new(() => new HttpResponseMessage { Content = new ByteArrayContent(s_content) });
        FetchResult fetched = await DownloadAsync(server);
        Assert.Equal("https://raw.githubusercontent.com/a/b/c0ffee/data/c.csv", server.Asked?.ToString());
        Assert.Equal(server.Asked?.ToString(), fetched.Source);
        using GZipStream stored = new(File.OpenRead(Target), CompressionMode.Decompress);
        using StreamReader reader = new(stored);
        Assert.Equal(Encoding.UTF8.GetString(s_content), reader.ReadToEnd());
    }

    /// <summary>A changed value, an endless body, an archive that unpacks to much more, a page instead of the
    /// file.</summary>
    [Theory]
    [InlineData("value", "was not kept")]
    [InlineData("endless", "sends more than")]
    [InlineData("bomb", "was not kept")]
    [InlineData("page", "404")]
    [InlineData("refused", "cannot be read")]
    public async Task Another_file_is_refused_and_not_kept(string kind, string said)
    {
        Server server = new(() => kind switch
        {
            "value" => new HttpResponseMessage
            { Content = new ByteArrayContent(Encoding.UTF8.GetBytes("Date,Price\n2020-01,1\n2020-02,2.6\n")) },
            "endless" => new HttpResponseMessage { Content = new StreamContent(new Endless()) },
            "bomb" => new HttpResponseMessage
            { Content = new ByteArrayContent(Gzip(new byte[100_000_000], CompressionLevel.Fastest)) },
            "page" => new HttpResponseMessage(HttpStatusCode.NotFound),
            _ => throw new HttpRequestException("Connection refused."),
        });
        DataException e = await Assert.ThrowsAsync<DataException>(() => DownloadAsync(server));
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task Wrong_names_and_folders_are_sentences()
    {
        DataCatalog catalog = DataCatalog.Open(_copy.Root);
        Assert.Contains("is shipped", (await Assert.ThrowsAsync<DataException>(() =>
            DataFetch.RunAsync(catalog, "sp500"))).Message, StringComparison.Ordinal);
        Assert.Contains("There is no", (await Assert.ThrowsAsync<DataException>(() =>
            FetchAsync(new FetchOptions { From = Path.Combine(_mirror, "none") }))).Message, StringComparison.Ordinal);
        Assert.Null(catalog.Find("card").Address);
    }

    [Fact]
    public void A_zip_has_no_panel_and_no_text()
    {
        DataCatalog catalog = DataCatalog.Open(_copy.Root);
        Assert.Contains("loader", Assert.Throws<DataException>(() => catalog.Load("lean-spy-hour")).Message,
            StringComparison.Ordinal);
        Assert.Contains("loader", Assert.Throws<DataException>(() => catalog.ReadText("lean-spy-hour")).Message,
            StringComparison.Ordinal);
    }

    /// <summary>The shapes that the entries state, and values read from the files by hand.</summary>
    [SkippableTheory]
    [InlineData("exchange-rate", 7588, "AUD", "close", 0.7855, 0.720825)]
    [InlineData("olps-nyse-o", 5651, "S01", "price", 1.01515, 13.10362170455218)]
    [InlineData("olps-tse", 1259, "S01", "price", 0.977273, 1.7179577337647467)]
    [InlineData("ff-momentum", 25337, "US", "momentum", 0.56, -0.41)]
    [InlineData("gold-monthly", 2322, "GOLD", "average", 18.93, 4228)]
    [InlineData("vix", 9235, "VIX", "close", 17.24, 18.7)]
    [InlineData("skfolio-20stocks", 8313, "AAPL", "close", 0.264, 125.674)]
    public void A_public_panel_has_the_values_of_its_file(string name, int rows, string asset, string field,
        double first, double last)
    {
        DataCatalog catalog = DataCatalog.Open();
        PublicData.Require(Path.GetFileName(catalog.Find(name).File));
        Panel panel = catalog.Load(name);
        Assert.Equal(rows, panel.Length);
        Assert.Equal((first, last), (panel.Column(asset, field)[0], panel.Column(asset, field)[^1]));
    }

    private sealed class Server(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        public Uri? Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
        {
            Asked = request.RequestUri;
            return Task.FromResult(answer());
        }
    }

    private sealed class Endless : MemoryStream
    {
        public override int Read(Span<byte> buffer) => buffer.Length;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken stop = default) =>
            ValueTask.FromResult(buffer.Length);
    }
}
