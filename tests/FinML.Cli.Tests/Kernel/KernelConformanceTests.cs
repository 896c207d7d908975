using System.Diagnostics;

namespace FinML.Cli.Tests.Kernel;

/// <summary>Jupyter's own conformance tests of kernels, Debian's python3-jupyter-kernel-test: all pass, and none finds
/// that we left an answer out.</summary>
public sealed class KernelConformanceTests : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private readonly string _folder = Directory.CreateTempSubdirectory("finml").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task The_kernel_passes_every_test_of_jupyter_kernel_test_without_a_skip()
    {
        Skip.IfNot(
            File.Exists(Python) && (await RunAsync("-c", "import jupyter_kernel_test")).Code == 0,
            "Jupyter's tests of kernels are not here: apt-get install python3-jupyter-kernel-test.");
        await Finml.RunAsync(_folder, "kernel", "install", "--data-dir", _folder);

        // unittest reports on standard error, and ends with 0 where nothing failed, skipped tests or not.
        Finml.Outcome tests = await RunAsync(
            Path.Combine(AppContext.BaseDirectory, "Kernel", "kernel_answers.py"), "-v");

        Assert.True(tests.Code == 0, tests.Error);
        Assert.DoesNotContain("skipped", tests.Error);
        Assert.Matches(@"Ran 1[2-9] tests", tests.Error);
    }

    private async Task<Finml.Outcome> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["JUPYTER_DATA_DIR"] = _folder;
        start.Environment["IPYTHONDIR"] = _folder;
        using Process process = Process.Start(start)!;
        return await Finml.EndAsync(process);
    }
}
