using System.Diagnostics;
using System.Text.Json;

namespace FinML.Cli.Tests.Browser;

/// <summary>Debian's jupyter-notebook on a port of its own, with a data folder that holds our kernel and no
/// other.</summary>
internal sealed class JupyterServer : IAsyncDisposable
{
    private const string Program = "/usr/bin/jupyter-notebook", Token = "finml";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly Process _process;

    private JupyterServer(Process process, string address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Whether the program is here.</summary>
    public static bool IsInstalled => File.Exists(Program);

    /// <summary>Where it answers, with a slash at the end.</summary>
    public string Address { get; }

    /// <summary>The page of a notebook in the server's folder.</summary>
    public string PageOf(string notebook) => $"{Address}notebooks/{notebook}?token={Token}";

    /// <summary>Starts the server over a folder that the kernel is installed in.</summary>
    public static async Task<JupyterServer> StartAsync(string folder)
    {
        string runtime = Path.Combine(folder, "runtime");
        Directory.CreateDirectory(runtime);
        var start = new ProcessStartInfo(Program)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=18888", "--port-retries=200",
            $"--NotebookApp.token={Token}", $"--notebook-dir={folder}",
        ];
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["JUPYTER_DATA_DIR"] = folder;
        start.Environment["JUPYTER_CONFIG_DIR"] = Path.Combine(folder, "config");
        start.Environment["JUPYTER_RUNTIME_DIR"] = runtime;
        start.Environment["IPYTHONDIR"] = folder;
        Process process = Process.Start(start)!;
        var said = new List<string>();
        process.ErrorDataReceived += (_, line) => Note(said, line.Data);
        process.OutputDataReceived += (_, line) => Note(said, line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        try
        {
            return new JupyterServer(process, await AddressAsync(process, runtime, said));
        }
        catch
        {
            End(process);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The kernels are its children.
        End(_process);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Where the server says it listens: it writes a file when it does.</summary>
    private static async Task<string> AddressAsync(Process process, string runtime, List<string> said)
    {
        var clock = Stopwatch.StartNew();
        using var client = new HttpClient();
        while (clock.Elapsed < Limit && !process.HasExited)
        {
            await Task.Delay(100);
            try
            {
                foreach (string file in Directory.GetFiles(runtime, "nbserver-*.json"))
                {
                    using JsonDocument json = JsonDocument.Parse(await File.ReadAllTextAsync(file));
                    string address = json.RootElement.GetProperty("url").GetString()!;
                    if ((await client.GetAsync($"{address}api/kernelspecs?token={Token}")).IsSuccessStatusCode)
                        return address;
                }
            }
            catch (Exception error) when (error is HttpRequestException or JsonException)
            {
                // Not yet: the file is being written, or nobody listens yet.
            }
        }

        lock (said)
            throw new InvalidOperationException($"jupyter-notebook does not answer: {string.Join('\n', said)}");
    }

    private static void Note(List<string> said, string? line)
    {
        lock (said)
            said.Add(line ?? "");
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }
}
