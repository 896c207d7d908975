namespace FinML.Cli.Tests.Browser;

/// <summary>One server, one browser and one notebook for all tests of the page; each test adds cells below.</summary>
public sealed class NotebookSession : IAsyncLifetime
{
    private readonly Workplace _place = new();
    private JupyterServer? _server;
    private BrowserSession? _browser;
    private ClassicNotebook? _notebook;

    /// <summary>The folder that the notebook lies in and its kernel works in.</summary>
    internal string Folder => _place.Path;

    internal ClassicNotebook Notebook
    {
        get
        {
            Skip.If(_notebook is null, "The notebook page is not here: apt-get install jupyter-notebook chromium.");
            return _notebook;
        }
    }

    public async Task InitializeAsync()
    {
        if (!JupyterServer.IsInstalled || !BrowserSession.IsInstalled)
            return;
        _place.Notebook("session.ipynb", "");
        Finml.Outcome installed = await Finml.RunAsync(Folder, "kernel", "install", "--data-dir", Folder);
        Assert.True(installed.Code == 0, installed.Error);
        _server = await JupyterServer.StartAsync(Folder);
        _browser = await BrowserSession.StartAsync();
        _notebook = await ClassicNotebook.OpenAsync(
            await _browser.NewPageAsync(), _server.PageOf("session.ipynb") + "&kernel_name=.net-csharp");
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        _place.Dispose();
    }
}
