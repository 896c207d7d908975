namespace FinML.Notebooks.Tests.Export;

public sealed class PdfDocumentTests
{
    [SkippableFact]
    public async Task ABrowserPrintsThePage()
    {
        Skip.If(PdfDocument.FindBrowser() is null, "there is no Chromium here");
        using var folder = new Notebooks.Folder();
        var path = Path.Combine(folder.Path, "made", "x.pdf");
        await PdfDocument.WriteAsync(HtmlPage.Render(Notebooks.Of("1 + 1"), "x"), path);
        Assert.Equal("%PDF-"u8, File.ReadAllBytes(path).AsSpan(0, 5));
        Assert.Equal(["x.pdf"], Directory.GetFiles(Path.GetDirectoryName(path)!).Select(Path.GetFileName));
    }
}
