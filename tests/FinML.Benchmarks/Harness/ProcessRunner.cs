using System.Diagnostics;
using System.Globalization;

namespace FinML.Benchmarks;

/// <summary>A long-lived process that works off requests over its standard input and output; see
/// <see cref="Server"/>.</summary>
internal sealed class ProcessRunner : IRunner, IDisposable
{
    private readonly Process process;
    private readonly string name;

    /// <exception cref="UsageException">It does not start, or does not answer.</exception>
    internal ProcessRunner(
        string name, string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables = null)
    {
        this.name = name;
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach ((string key, string value) in variables ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new UsageException($"{name}: '{file}' does not start: {failure.Message}.");
        }

        Version = Ask("version");
    }

    /// <summary>What it says that it is.</summary>
    internal string Version { get; }

    public void SetThreads(int threads) => Ask(string.Create(CultureInfo.InvariantCulture, $"threads {threads}"));

    public double Run(string work, int times, Clock clock) => double.Parse(
        Ask(string.Create(CultureInfo.InvariantCulture, $"run {times} {clock.Name} {work}")),
        CultureInfo.InvariantCulture);

    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
            process.Kill();
        process.Dispose();
    }

    private string Ask(string request)
    {
        process.StandardInput.WriteLine(request);
        process.StandardInput.Flush();
        string answer = process.StandardOutput.ReadLine()
            ?? throw new UsageException($"{name} ended without an answer to '{request}'.");
        return answer.StartsWith("error", StringComparison.Ordinal)
            ? throw new UsageException($"{name}: {answer}.")
            : answer;
    }
}
