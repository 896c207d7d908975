using System.Text;
using System.Text.Json;
using FinML.Figures;
using FinML.Notebooks;
using Microsoft.Playwright;

namespace FinML.Cli.Tests.Browser;

/// <summary>Pages with figures and tables in Chromium, without a network: what a reader sees with plotly.js, without
/// it, without scripts and on paper.</summary>
public sealed class InteractivePageTests : IAsyncLifetime, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("finml-pages-").FullName;
    private BrowserSession? _browser;

    private static Figure Wealth => Figure.Create("Wealth <after> costs").WithSubtitle("2019")
        .WithCaption("Source: made up.")
        .Line(Enumerable.Range(0, 60).Select(i => new DateTime(2019, 1, 1).AddDays(i)),
            Enumerable.Range(0, 60).Select(i => 1 + 0.01 * i + 0.05 * Math.Sin(i)), "agent")
        .Line(Enumerable.Range(0, 60).Select(i => new DateTime(2019, 1, 1).AddDays(i)),
            Enumerable.Range(0, 60).Select(i => 1 + 0.004 * i), "index")
        .YAxis("wealth");

    private BrowserSession Browser
    {
        get
        {
            Skip.If(_browser is null, "There is no Chromium here: apt-get install chromium.");
            return _browser;
        }
    }

    public async Task InitializeAsync() =>
        _browser = BrowserSession.IsInstalled ? await BrowserSession.StartAsync() : null;

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task With_plotly_a_figure_is_drawn_by_it_and_says_its_values()
    {
        IPage page = await OpenAsync(Wealth.ToHtml(await PlotlyAsync()));

        await Assertions.Expect(page.Locator(".finml-live .main-svg").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".finml-figure > svg")).ToBeHiddenAsync();
        await page.Locator(".nsewdrag").HoverAsync();
        await Assertions.Expect(page.Locator(".hoverlayer")).ToContainTextAsync("agent");
        Assert.Equal(0, await page.Locator("[data-title*='cloud' i]").CountAsync());
        await page.ScreenshotAsync(BrowserSession.Picture("page-plotly"));

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.Locator(".finml-figure > svg")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".finml-plot")).ToBeHiddenAsync();
    }

    [SkippableFact]
    public async Task On_a_dark_page_the_figure_is_dark()
    {
        IPage page = await OpenAsync(Wealth.ToHtml(await PlotlyAsync()), dark: true);

        await Assertions.Expect(page.Locator(".finml-live .gtitle")).ToHaveCSSAsync(
            "fill", "rgb(230, 237, 243)");
        await page.ScreenshotAsync(BrowserSession.Picture("page-plotly-dark"));
    }

    [SkippableFact]
    public async Task Without_plotly_or_without_scripts_the_picture_stands()
    {
        IPage without = await OpenAsync(Wealth.ToHtml());
        await Assertions.Expect(without.Locator("svg[role=img]")).ToBeVisibleAsync();
        Assert.Equal(0, await without.Locator("script").CountAsync());
        await without.ScreenshotAsync(BrowserSession.Picture("page-picture"));

        IPage off = await OpenAsync(Wealth.ToHtml(await PlotlyAsync()), scripts: false);
        await Assertions.Expect(off.Locator("svg[role=img]")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task A_script_that_is_not_plotly_leaves_the_picture()
    {
        IPage page = await OpenAsync(Wealth.ToHtml("var nothing = 1;"));

        await Assertions.Expect(page.Locator("svg[role=img]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".finml-plot")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task A_notebook_s_page_has_figures_that_can_be_moved_and_runs_no_other_script()
    {
        var notebook = NotebookFile.Parse(Encoding.UTF8.GetBytes(
            $$"""
            { "cells": [
              { "cell_type": "code", "id": "a", "execution_count": 1, "metadata": {}, "source": "wealth", "outputs": [
                { "output_type": "display_data", "metadata": {}, "data": {
                  "application/vnd.plotly.v1+json": {{Wealth.ToPlotlyJson()}},
                  "image/svg+xml": {{JsonSerializer.Serialize(Wealth.ToSvg())}},
                  "text/plain": "wealth" } },
                { "output_type": "display_data", "metadata": {}, "data": {
                  "text/html": "<p id='evil'>not run</p><script>evil.textContent = 'run'</script>",
                  "text/plain": "evil" } } ] } ],
              "metadata": {}, "nbformat": 4, "nbformat_minor": 5 }
            """), "wealth.ipynb");

        IPage page = await OpenAsync(HtmlPage.Render(notebook, "wealth", plotly: await PlotlyAsync()));

        await Assertions.Expect(page.Locator(".finml-live .main-svg").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#evil")).ToHaveTextAsync("not run");
        await page.ScreenshotAsync(BrowserSession.Picture("page-notebook"));
    }

    [SkippableFact]
    public async Task A_long_table_turns_its_pages_sorts_and_is_whole_on_paper_and_without_scripts()
    {
        Table table = Table.Create("120 rules").Column("rule").Column("Sharpe ratio", CellFormat.Fixed(2));
        for (int i = 0; i < 120; i++)
            table = table.Row($"rule {i}", (i * 37 % 120) / 100.0);
        string html = "<!DOCTYPE html><meta charset=\"utf-8\">" + table.ToPagedHtml(25);
        IPage page = await OpenAsync(html);
        ILocator rows = page.Locator("tbody tr"), shown = page.Locator("tbody tr:visible");

        await Assertions.Expect(shown).ToHaveCountAsync(25);
        await Assertions.Expect(page.Locator(".finml-pages")).ToContainTextAsync("rows 1 to 25 of 120");
        await page.GetByText("Next").ClickAsync();
        await Assertions.Expect(shown.First).ToContainTextAsync("rule 25");
        await page.ScreenshotAsync(BrowserSession.Picture("page-table"));
        for (int i = 0; i < 3; i++)
            await page.GetByText("Next").ClickAsync();
        await Assertions.Expect(shown).ToHaveCountAsync(20);
        await Assertions.Expect(page.GetByText("Next")).ToBeDisabledAsync();

        await page.GetByText("Sharpe ratio").ClickAsync();
        await Assertions.Expect(page.Locator(".finml-pages")).ToContainTextAsync("rows 1 to 25 of 120");
        await Assertions.Expect(shown.First).ToContainTextAsync("0.00");
        await page.GetByText("Sharpe ratio").ClickAsync();
        await Assertions.Expect(shown.First).ToContainTextAsync("1.19");

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(shown).ToHaveCountAsync(120);
        await Assertions.Expect(page.Locator(".finml-pages")).ToBeHiddenAsync();
        IPage off = await OpenAsync(html, scripts: false);
        await Assertions.Expect(off.Locator("tbody tr:visible")).ToHaveCountAsync(120);
        Assert.Equal(120, await rows.CountAsync());
    }

    private static async Task<string> PlotlyAsync()
    {
        try
        {
            return await PlotlyScript.GetAsync();
        }
        catch (FigureExportException error)
        {
            Skip.If(true, error.Message);
            throw;
        }
    }

    private async Task<IPage> OpenAsync(string html, bool scripts = true, bool dark = false)
    {
        string file = Path.Combine(_folder, $"{Guid.NewGuid():N}.html");
        await File.WriteAllTextAsync(file, html);
        IPage page = await Browser.NewPageAsync(scripts, network: false, dark);
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        return page;
    }
}
