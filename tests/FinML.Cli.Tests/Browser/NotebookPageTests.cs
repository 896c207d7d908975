using Microsoft.Playwright;

namespace FinML.Cli.Tests.Browser;

/// <summary>Debian's classic notebook page in Chromium: what a user of the kernel does and sees.</summary>
public sealed class NotebookPageTests(NotebookSession session) : IClassFixture<NotebookSession>
{
    private ClassicNotebook Notebook => session.Notebook;

    [SkippableFact]
    public async Task A_cell_runs_and_its_value_stands_below()
    {
        ILocator cell = await Notebook.RunAsync(
            """
            var prices = new[] { 100.0, 101.5, 99.0 };
            Console.WriteLine($"{prices.Length} prices");
            prices.Max()
            """);

        await ClassicNotebook.SaysAsync(cell.Locator(".output_stdout"), "3 prices");
        await ClassicNotebook.SaysAsync(cell.Locator(".output_result"), "101.5");
        await Notebook.Page.ScreenshotAsync(BrowserSession.Picture("cell"));
    }

    [SkippableFact]
    public async Task A_figure_is_drawn()
    {
        ILocator cell = await Notebook.RunAsync(
            """
            double[] wealth = [1, 1.1, 1.05, 1.2, 1.32];
            Figure.Create("Wealth after costs").Line(wealth, "agent").YAxis("wealth").Size(720, 320)
            """);

        ILocator picture = cell.Locator(".output_subarea svg[role=img]");
        await picture.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await picture.BoundingBoxAsync())!;
        Assert.InRange(box.Width, 600, 721);
        Assert.InRange(box.Height, 250, 400);
        await ClassicNotebook.SaysAsync(picture, "Wealth after costs");
        await Notebook.Page.ScreenshotAsync(BrowserSession.Picture("figure"));
    }

    [SkippableFact]
    public async Task A_progress_bar_moves()
    {
        string go = Path.Combine(session.Folder, "go"), end = Path.Combine(session.Folder, "end");
        ILocator cell = await Notebook.StartAsync(
            """
            var bar = Progress("training");
            bar.Report(0.25);
            while (!File.Exists("go")) await Task.Delay(20);
            bar.Report(0.75);
            while (!File.Exists("end")) await Task.Delay(20);
            bar.Dispose();
            "trained"
            """);

        ILocator output = cell.Locator(".output");
        await ClassicNotebook.SaysAsync(output, "training");
        await ClassicNotebook.SaysAsync(output, "25");
        await Notebook.Page.ScreenshotAsync(BrowserSession.Picture("progress"));
        await File.WriteAllTextAsync(go, "");
        await ClassicNotebook.SaysAsync(output, "75");
        await File.WriteAllTextAsync(end, "");
        await ClassicNotebook.SaysAsync(cell.Locator(".output_result"), "trained");
    }

    [SkippableFact]
    public async Task Tab_completes_a_member_and_offers_several()
    {
        await Notebook.RunAsync("var returns = new List<double> { 0.01, -0.02 };");

        ILocator cell = await Notebook.TypeAsync("returns.Coun");
        await Notebook.Page.Keyboard.PressAsync("Tab");
        ILocator list = Notebook.Page.Locator("#complete");
        await ClassicNotebook.SaysAsync(list, "Count");
        await Notebook.Page.ScreenshotAsync(BrowserSession.Picture("complete"));
        await Notebook.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("returns.Count", await ClassicNotebook.CodeAsync(cell));
        await Notebook.Page.Keyboard.PressAsync("Shift+Enter");
        await ClassicNotebook.SaysAsync(cell.Locator(".output_result"), "2");

        ILocator only = await Notebook.TypeAsync("returns.Capac");
        await Notebook.Page.Keyboard.PressAsync("Tab");
        await Notebook.Page.WaitForFunctionAsync(
            "editor => editor.CodeMirror.getValue() == 'returns.Capacity'",
            await only.Locator(".CodeMirror").ElementHandleAsync());
        await Notebook.Page.Keyboard.PressAsync("Shift+Enter");
        await ClassicNotebook.EndedAsync(only);
    }

    [SkippableFact]
    public async Task Shift_Tab_explains_a_name()
    {
        ILocator cell = await Notebook.TypeAsync("Moments.Of");
        await Notebook.Page.Keyboard.PressAsync("Shift+Tab");

        ILocator tip = Notebook.Page.Locator("#tooltip");
        await ClassicNotebook.SaysAsync(tip, "Moments.Of(");
        await Assertions.Expect(tip).ToHaveCSSAsync("opacity", "1");
        await Notebook.Page.ScreenshotAsync(BrowserSession.Picture("inspect"));
        await Notebook.Page.Keyboard.PressAsync("Escape");
        await Notebook.Page.Keyboard.InsertTextAsync("([1.0, 2.0, 4.0]).Mean");
        await Notebook.Page.Keyboard.PressAsync("Shift+Enter");
        await ClassicNotebook.SaysAsync(cell.Locator(".output_result"), "2.3333");
    }

    [SkippableFact]
    public async Task The_stop_button_ends_a_loop_and_the_variables_stay()
    {
        await Notebook.RunAsync("var kept = 41;");
        ILocator loop = await Notebook.StartAsync(
            "Console.WriteLine(\"round and round\");\nwhile (true) { kept |= 1; }");
        await ClassicNotebook.SaysAsync(loop.Locator(".output_stdout"), "round and round");

        await Notebook.StopAsync();

        await ClassicNotebook.SaysAsync(loop.Locator(".output_error"), "KeyboardInterrupt");
        await Notebook.Page.ScreenshotAsync(BrowserSession.Picture("stopped"));
        ILocator after = await Notebook.RunAsync("kept + 1");
        await ClassicNotebook.SaysAsync(after.Locator(".output_result"), "42");
    }

    [SkippableFact]
    public async Task An_error_names_the_cell_and_the_line()
    {
        ILocator cell = await Notebook.RunAsync("int[] none = [];\n\nvar first = none[2];");

        string number = await cell.Locator(".input_prompt").InnerTextAsync();
        string place = new([.. number.Where(char.IsDigit)]);
        await ClassicNotebook.SaysAsync(cell.Locator(".output_error"), $"In[{place}]:line 3");
        await ClassicNotebook.SaysAsync(cell.Locator(".output_error"), "IndexOutOfRangeException");
        await Notebook.Page.ScreenshotAsync(BrowserSession.Picture("error"));
    }

    [SkippableFact]
    public async Task A_restart_forgets_the_variables()
    {
        await Notebook.RunAsync("var gone = 1;");

        await Notebook.RestartAsync();

        ILocator cell = await Notebook.RunAsync("gone");
        await ClassicNotebook.SaysAsync(cell.Locator(".output_error"), "CS0103");
        ILocator alive = await Notebook.RunAsync("1 + 1");
        await ClassicNotebook.SaysAsync(alive.Locator(".output_result"), "2");
    }

    [SkippableFact]
    public async Task A_slider_moves_and_the_figure_follows()
    {
        ILocator cell = await Notebook.RunAsync(
            """
            var power = Slider.Create("power", 1, min: 1, max: 5);
            Interact(power, n => Figure.Create($"power {n}")
                .Line(Enumerable.Range(0, 20).Select(i => Math.Pow(i, n))).Size(720, 280))
            """);
        ILocator figure = cell.Locator(".output_subarea svg[role=img]"), handle = cell.Locator(".ui-slider-handle");
        Skip.If(
            Directory.GetDirectories("/usr/share/jupyter/nbextensions", "jupyter-js-widgets").Length == 0,
            "The page shows no widgets: apt-get install jupyter-nbextension-jupyter-js-widgets.");
        await ClassicNotebook.SaysAsync(figure, "power 1");

        await handle.ClickAsync();
        await Notebook.Page.Keyboard.PressAsync("ArrowRight");
        await ClassicNotebook.SaysAsync(figure, "power 2");
        await Notebook.Page.Keyboard.PressAsync("ArrowRight");
        await ClassicNotebook.SaysAsync(figure, "power 3");

        await figure.ScrollIntoViewIfNeededAsync();
        await Notebook.Page.ScreenshotAsync(BrowserSession.Picture("slider"));
        ILocator value = await Notebook.RunAsync("power.Value");
        await ClassicNotebook.SaysAsync(value.Locator(".output_result"), "3");
    }
}
