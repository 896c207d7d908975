using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FinML.Cli.Terminal;

/// <summary>
/// Runs this command several times in processes of their own: each notebook has a console, a memory and a fate that
/// the others do not share.
/// </summary>
internal static class ChildRuns
{
    private const int Interrupt = 2;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(8); // a run gives up by itself before this

    /// <param name="Label">What its lines on standard error begin with.</param>
    /// <param name="Arguments">The command line after "finml".</param>
    internal sealed record Job(string Label, IReadOnlyList<string> Arguments);

    /// <param name="Code">Its exit code; <see cref="ExitCode.Interrupted"/> where it was stopped or never
    /// started.</param>
    /// <param name="Output">What it wrote to standard output.</param>
    /// <param name="Error">The last sentence of its standard error that begins with "finml:", or null.</param>
    /// <param name="Elapsed">How long it took.</param>
    internal sealed record Outcome(int Code, string Output, string? Error, TimeSpan Elapsed);

    /// <summary>Runs the jobs, at most <paramref name="parallel"/> at once; the outcomes have the order of the
    /// jobs.</summary>
    public static async Task<IReadOnlyList<Outcome>> RunAsync(
        IReadOnlyList<Job> jobs, int parallel, CancellationToken stop)
    {
        if (parallel < 1 || parallel > 1024)
            throw new UserErrorException($"--parallel takes 1 to 1024 processes, but was {parallel}.");
        using var places = new SemaphoreSlim(parallel);
        var width = jobs.Max(job => job.Label.Length);
        return await Task.WhenAll(jobs.Select(async job =>
        {
            try
            {
                await places.WaitAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return new Outcome(ExitCode.Interrupted, "", "stopped before it began.", TimeSpan.Zero);
            }

            try
            {
                return await RunAsync(job, width, stop);
            }
            finally
            {
                places.Release();
            }
        }));
    }

    /// <summary>The exit code of all: a stop before an error before a time-out before a drift.</summary>
    public static int Worst(IEnumerable<int> codes)
    {
        var bad = codes.Where(code => code != ExitCode.Success).Distinct().ToList();
        return bad.Count == 0 ? ExitCode.Success
            : bad.Contains(ExitCode.Interrupted) ? ExitCode.Interrupted
            : bad.Contains(ExitCode.Timeout) && !bad.Contains(ExitCode.Failure) ? ExitCode.Timeout
            : bad is [ExitCode.Drift] ? ExitCode.Drift
            : ExitCode.Failure;
    }

    private static async Task<Outcome> RunAsync(Job job, int width, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(Command(job.Arguments))!;
        await using var registration = stop.Register(() => Ask(process));
        string? last = null;
        async Task Relay()
        {
            while (await process.StandardError.ReadLineAsync(CancellationToken.None) is { } line)
            {
                if (line.StartsWith("finml: ", StringComparison.Ordinal))
                    last = line["finml: ".Length..];
                Console.Error.WriteLine($"{job.Label.PadRight(width)}  {line}");
            }
        }

        var relay = Relay();
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await relay;
        await process.WaitForExitAsync(CancellationToken.None);
        var code = process.ExitCode is >= ExitCode.Success and <= ExitCode.Drift ? process.ExitCode
            : stop.IsCancellationRequested ? ExitCode.Interrupted
            : ExitCode.Failure;
        if (code == ExitCode.Failure && last is null)
            last = $"its process ended with code {process.ExitCode} and without a word.";
        return new Outcome(code, output, last, watch.Elapsed);
    }

    /// <summary>This command once more: as a program of its own, or in the dotnet host that runs it.</summary>
    private static ProcessStartInfo Command(IReadOnlyList<string> arguments)
    {
        var program = Environment.ProcessPath ?? "dotnet";
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "finml.dll"));
        }

        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    /// <summary>Asks a process to stop as Ctrl-C does, and ends it where it does not.</summary>
    private static void Ask(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill(entireProcessTree: true);
            return;
        }

        _ = Kill(process.Id, Interrupt);
        _ = Task.Delay(Grace).ContinueWith(
            _ =>
            {
                try
                {
                    process.Kill(entireProcessTree: true);
                }
                catch (InvalidOperationException)
                {
                    // It has ended and is disposed of, which is what was asked.
                }
            },
            TaskScheduler.Default);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
