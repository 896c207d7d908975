using FinML.Notebooks;
using Microsoft.Playwright;

namespace FinML.Cli.Tests.Browser;

/// <summary>The machine's own Chromium, without a window, driven by Playwright; no browser is downloaded.</summary>
internal sealed class BrowserSession : IAsyncDisposable
{
    /// <summary>What a page may take, in milliseconds: a loaded machine starts a kernel in a minute.</summary>
    private const float Patience = 180_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private BrowserSession(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    /// <summary>Whether there is a Chromium.</summary>
    public static bool IsInstalled => PdfDocument.FindBrowser() is not null;

    public static async Task<BrowserSession> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = PdfDocument.FindBrowser(),
            Headless = true,
            Timeout = Patience,
            Args = ["--disable-dev-shm-usage", .. Environment.UserName == "root" ? ["--no-sandbox"] : (string[])[]],
        });
        return new BrowserSession(playwright, browser);
    }

    /// <summary>An empty page of a browser without a history.</summary>
    public async Task<IPage> NewPageAsync(bool scripts = true, bool network = true, bool dark = false)
    {
        IBrowserContext context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1200, Height = 900 },
            JavaScriptEnabled = scripts,
            Offline = !network,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    /// <summary>Where a picture of a page goes: artifacts/browser, for people to look at.</summary>
    public static PageScreenshotOptions Picture(string name, bool whole = false)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FinML.Workbench.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests lie outside the repository.");
        return new PageScreenshotOptions
        {
            Path = Path.Combine(folder.FullName, "artifacts", "browser", name + ".png"),
            FullPage = whole,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }
}
