using System.Buffers.Binary;
using System.Text;

namespace FinML.Figures.Tests.Export;

/// <summary>Figures as files. One class, because the browser's variable is the process's.</summary>
public sealed class FileTests : IDisposable
{
    private const string Variable = "FINML_CHROMIUM";

    private readonly string _folder = Directory.CreateTempSubdirectory("finml-figures-").FullName;

    private static bool HasBrowser => new[] { "chromium", "chromium-browser", "google-chrome", "chrome", "msedge" }.Any(
        name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(
            folder => File.Exists(Path.Combine(folder, name)) || File.Exists(Path.Combine(folder, name + ".exe"))));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void A_png_has_the_figure_s_size_times_the_scale()
    {
        Skip.IfNot(HasBrowser, "There is no Chromium here.");
        string file = Path.Combine(_folder, "made", "a.png");

        Samples.All()["bars"].Size(400, 300).SavePng(file, scale: 3);

        byte[] bytes = File.ReadAllBytes(file);
        Assert.Equal([0x89, .. "PNG"u8], bytes[..4]);
        Assert.Equal(1200, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)));
        Assert.Equal(900, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)));
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    [SkippableFact]
    public void A_pdf_is_one_page_of_the_figure_s_size()
    {
        Skip.IfNot(HasBrowser, "There is no Chromium here.");
        string file = Path.Combine(_folder, "a.pdf");

        Samples.All()["rows"].Size(480, 384).SavePdf(file, new SvgOptions { Theme = Theme.Print });

        string text = Encoding.Latin1.GetString(File.ReadAllBytes(file));
        Assert.StartsWith("%PDF-", text);
        Assert.Contains("/Count 1", text);
        Assert.Contains("/MediaBox [0 0 360 288]", text); // 480 by 384 pixels of 0.75 points
    }

    [Fact]
    public void Without_a_browser_the_sentence_says_what_to_do()
    {
        string? before = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, "/no/such/browser");
        try
        {
            foreach (Action<Figure> save in (Action<Figure>[])
                [f => f.SavePng(Path.Combine(_folder, "x.png")), f => f.SavePdf(Path.Combine(_folder, "x.pdf"))])
            {
                Assert.Equal("FINML_CHROMIUM names \"/no/such/browser\", which is not there.",
                    Assert.Throws<FigureExportException>(() => save(Samples.All()["bars"])).Message);
            }

            Assert.Empty(Directory.GetFiles(_folder));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
        }
    }

    [Fact]
    public void A_scale_out_of_range_is_refused() => Assert.Contains("0.5 to 8; got NaN",
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Samples.All()["bars"].SavePng("x.png", scale: double.NaN)).Message);

    [Fact]
    public void An_svg_file_is_the_svg()
    {
        string file = Path.Combine(_folder, "a.svg");
        Samples.All()["bars"].SaveSvg(file, new SvgOptions { Theme = Theme.Dark });
        Assert.Equal(Samples.All()["bars"].ToSvg(Theme.Dark), File.ReadAllText(file));
    }
}
