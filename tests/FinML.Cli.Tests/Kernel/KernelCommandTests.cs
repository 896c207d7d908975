using System.Diagnostics;
using System.Text.Json.Nodes;
using FinML.Notebooks.Kernel;

namespace FinML.Cli.Tests.Kernel;

public sealed class KernelCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("finml").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_kernel_is_installed_answers_and_is_removed()
    {
        string entry = Path.Combine(_folder, "kernels", ".net-csharp", "kernel.json");

        Finml.Outcome missing = await RunAsync("doctor"), installed = await RunAsync("install");
        Assert.True(File.Exists(entry), installed.Error);
        Finml.Outcome doctor = await RunAsync("doctor"), removed = await RunAsync("uninstall");

        Assert.Equal(1, missing.Code);
        Assert.Contains("run 'finml kernel install'", missing.Error);
        Assert.Equal(0, doctor.Code);
        Assert.Contains("first answer", doctor.Output);
        Assert.Equal(0, removed.Code);
        Assert.False(Directory.Exists(Path.GetDirectoryName(entry)));
        Assert.Contains("nothing to remove", (await RunAsync("uninstall")).Output);
    }

    [Fact]
    public async Task What_cannot_be_served_is_said_in_a_sentence()
    {
        string file = Path.Combine(_folder, "c.json");
        await File.WriteAllTextAsync(file, "{\"ip\": \"127.0.0.1\"}");

        Assert.Contains("'shell_port' is missing", (await Finml.RunAsync(_folder, "kernel", "start", file)).Error);
        Assert.Contains("cannot be read", (await Finml.RunAsync(_folder, "kernel", "start", "none.json")).Error);
        Directory.CreateDirectory(Path.Combine(_folder, "kernels", ".net-csharp"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "kernels", ".net-csharp", "kernel.json"), "{}");
        Assert.Contains("not a kernel's entry", (await RunAsync("doctor")).Error);
    }

    /// <summary>A front end that is killed cannot ask its kernel to end.</summary>
    [Fact]
    public async Task A_kernel_ends_when_its_front_end_has_died()
    {
        using Process frontEnd = Process.Start(OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd", ["/k"])
            : new ProcessStartInfo("sleep", ["600"]))!;
        await RunAsync("install");
        string entry = Path.Combine(_folder, "kernels", ".net-csharp", "kernel.json");
        string[] command = [.. JsonNode.Parse(await File.ReadAllTextAsync(entry))!["argv"]!.AsArray()
            .Select(part => part!.ToString()).SkipLast(1)];
        await using KernelClient kernel = await KernelClient.StartAsync(
            command, new Dictionary<string, string> { ["JPY_PARENT_PID"] = $"{frontEnd.Id}" });

        Assert.Null(await kernel.ExecuteAsync("1 + 1"));
        frontEnd.Kill();

        await kernel.Process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(120));
        Assert.Equal(0, kernel.Process.ExitCode);
    }

    /// <summary>Jupyter's own client and executor, over libzmq: Debian's python3-nbclient.</summary>
    [SkippableFact]
    public Task Jupyter_itself_executes_a_notebook_interrupts_and_restarts() =>
        AllIsWellInAsync("jupyter_session.py", "nbclient, jupyter_client", "python3-nbclient");

    /// <summary>A slider, moved from both sides, over libzmq.</summary>
    [SkippableFact]
    public Task A_slider_is_moved_by_the_page_and_by_the_cell() =>
        AllIsWellInAsync("widget_session.py", "jupyter_client", "python3-jupyter-client");

    private async Task AllIsWellInAsync(string script, string modules, string package)
    {
        const string Python = "/usr/bin/python3";
        Skip.IfNot(
            File.Exists(Python) && (await EndAsync(Python, "-c", $"import {modules}")).Code == 0,
            $"Jupyter's client is not here: apt-get install {package}.");
        await RunAsync("install");

        Finml.Outcome session = await EndAsync(Python, Path.Combine(AppContext.BaseDirectory, "Kernel", script));

        Assert.True(session.Code == 0, session.Error);
        Assert.Contains("all well", session.Output);
    }

    private Task<Finml.Outcome> RunAsync(string command) =>
        Finml.RunAsync(_folder, "kernel", command, "--data-dir", _folder);

    private async Task<Finml.Outcome> EndAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["JUPYTER_DATA_DIR"] = _folder;
        start.Environment["IPYTHONDIR"] = _folder;
        using Process process = Process.Start(start)!;
        return await Finml.EndAsync(process);
    }
}
