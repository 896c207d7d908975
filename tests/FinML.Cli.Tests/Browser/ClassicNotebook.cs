using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace FinML.Cli.Tests.Browser;

/// <summary>The classic notebook page as its user sees it: types into the last cell, presses keys and buttons, reads
/// what stands below the cells.</summary>
internal sealed partial class ClassicNotebook(IPage page)
{
    public IPage Page => page;

    /// <summary>Opens the page and waits until its kernel is there.</summary>
    public static async Task<ClassicNotebook> OpenAsync(IPage page, string address)
    {
        await page.GotoAsync(address);
        await page.WaitForFunctionAsync("() => window.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel"
            + " && Jupyter.notebook.kernel.is_connected() && Jupyter.notebook.kernel.info_reply.protocol_version");
        return new ClassicNotebook(page);
    }

    /// <summary>Types code into the last cell, which is empty.</summary>
    public async Task<ILocator> TypeAsync(string code)
    {
        ILocator cell = await LastAsync();
        await cell.Locator(".CodeMirror-lines").ClickAsync();
        await page.Keyboard.InsertTextAsync(code);
        return cell;
    }

    /// <summary>Types code into the last cell and presses Shift-Enter, which makes a new cell below.</summary>
    public async Task<ILocator> StartAsync(string code)
    {
        ILocator cell = await TypeAsync(code);
        await page.Keyboard.PressAsync("Shift+Enter");
        return cell;
    }

    /// <summary>Runs code in the last cell to its end, which its number shows.</summary>
    public async Task<ILocator> RunAsync(string code)
    {
        ILocator cell = await StartAsync(code);
        await EndedAsync(cell);
        return cell;
    }

    /// <summary>Waits until a cell has a number instead of a star.</summary>
    public static Task EndedAsync(ILocator cell) => Assertions.Expect(cell.Locator(".input_prompt"))
        .ToHaveTextAsync(Numbered());

    /// <summary>Waits until a part of the page says something.</summary>
    public static Task SaysAsync(ILocator part, string text) =>
        Assertions.Expect(part).ToContainTextAsync(text);

    /// <summary>Presses the button that stops the running cell.</summary>
    public Task StopAsync() => page.Locator("button[data-jupyter-action='jupyter-notebook:interrupt-kernel']")
        .ClickAsync();

    /// <summary>Presses the button that restarts the kernel, says yes, and waits until it is there again.</summary>
    public async Task RestartAsync()
    {
        await page.EvaluateAsync("() => { window.restarted = false;"
            + " Jupyter.notebook.events.one('kernel_ready.Kernel', () => window.restarted = true); }");
        await page.Locator("button[data-jupyter-action='jupyter-notebook:confirm-restart-kernel']").ClickAsync();
        await page.Locator(".modal-dialog .btn-danger").ClickAsync();
        await page.WaitForFunctionAsync("() => window.restarted");
        await Assertions.Expect(page.Locator(".modal-dialog")).ToHaveCountAsync(0);
    }

    /// <summary>What the code of a cell is now.</summary>
    public static Task<string> CodeAsync(ILocator cell) =>
        cell.Locator(".CodeMirror").EvaluateAsync<string>("editor => editor.CodeMirror.getValue()");

    private async Task<ILocator> LastAsync()
    {
        ILocator cells = page.Locator("#notebook-container > .cell");
        return cells.Nth(await cells.CountAsync() - 1);
    }

    [GeneratedRegex(@"In\s\[\d+\]:")]
    private static partial Regex Numbered();
}
