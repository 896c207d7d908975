using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FinML.Figures.Tests.Export;

public sealed class PlotlyScriptTests : IDisposable
{
    private readonly string _cache = Directory.CreateTempSubdirectory("finml-plotly-").FullName;

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    [Fact]
    public async Task The_script_is_got_once_checked_and_kept()
    {
        byte[] archive = Archive("package/plotly.min.js", "var Plotly = 1;");
        using var server = new Server(archive);
        using var client = new HttpClient(server);

        string first = await PlotlyScript.InstallAsync(client, _cache, Hash(archive), default);
        string second = await PlotlyScript.InstallAsync(client, _cache, Hash(archive), default);

        Assert.Equal("var Plotly = 1;", await File.ReadAllTextAsync(first));
        Assert.Equal(first, second);
        Assert.EndsWith($"/plotly.js-dist-min/-/plotly.js-dist-min-{PlotlyScript.Version}.tgz", server.Asked.Single());
    }

    [Fact]
    public async Task Another_archive_than_the_pinned_one_is_refused_and_not_kept()
    {
        using var client = new HttpClient(new Server(Archive("package/plotly.min.js", "evil")));

        string message = (await Assert.ThrowsAsync<FigureExportException>(
            () => PlotlyScript.InstallAsync(client, _cache, null, default))).Message;

        Assert.Contains($"is not plotly.js-dist-min {PlotlyScript.Version}: expected sha512-", message);
        Assert.Empty(Directory.GetFiles(_cache, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_cannot_be_had_is_said_with_what_to_do()
    {
        byte[] other = Archive("package/else.js", "");
        using var none = new HttpClient(new Server(null));
        using var without = new HttpClient(new Server(other));

        Assert.Contains("Another registry is given by npm's configuration, a plotly.min.js on this machine by "
            + "FINML_PLOTLY.", (await Assert.ThrowsAsync<FigureExportException>(
                () => PlotlyScript.InstallAsync(none, _cache, null, default))).Message);
        Assert.Contains("has no plotly.min.js", (await Assert.ThrowsAsync<FigureExportException>(
            () => PlotlyScript.InstallAsync(without, _cache, Hash(other), default))).Message);
    }

    [Fact]
    public void A_page_allows_its_scripts_by_hash_and_nothing_else()
    {
        const string Script = "var Plotly = '</script>' + '\u2028';\r\nvar b = 2;";
        string page = Figure.Create("A </title> & b").Line([1.0, 2], "</script>").ToHtml(Script);

        string[] scripts = [.. page.Split("<script>").Skip(1).Select(part => part[..part.IndexOf("</script>",
            StringComparison.Ordinal)])];
        Assert.Equal(2, scripts.Length);
        Assert.Equal("var Plotly = '<\\/script>' + '\u2028';\nvar b = 2;", scripts[0]);
        Assert.All(scripts, script => Assert.Contains(
            $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'", page));
        Assert.Contains("default-src 'none'", page);
        Assert.DoesNotContain("unsafe-eval", page);
        // The figure's data is JSON that nothing runs and that no text can leave.
        string data = page.Split("<script type=\"application/json\">")[1].Split("</script>")[0];
        Assert.Equal("</script>", JsonDocument.Parse(data).RootElement.GetProperty("data")[0].GetProperty("legendgroup")
            .GetString());
    }

    [Fact]
    public void Without_plotly_a_page_has_no_script()
    {
        string page = Figure.Create("A").Line([1.0, 2]).ToHtml();
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("script-src", page);
        Assert.Contains("<svg", page);
    }

    private static string Hash(byte[] archive) => "sha512-" + Convert.ToBase64String(SHA512.HashData(archive));

    private static byte[] Archive(string name, string content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
            });
        }

        return bytes.ToArray();
    }

    private sealed class Server(byte[]? answer) : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
        {
            Asked.Add(request.RequestUri!.ToString());
            return Task.FromResult(answer is null
                ? new HttpResponseMessage(HttpStatusCode.NotFound)
                : new HttpResponseMessage { Content = new ByteArrayContent(answer) });
        }
    }
}
