using System.Diagnostics;
using FinML.Notebooks.Protocol;
using FinML.Notebooks.Zmtp;

namespace FinML.Notebooks.Kernel;

/// <summary>
/// Starts a kernel as a front end does, asks it to add two numbers, and shuts it down: does what is installed work?
/// </summary>
public static class KernelProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What the probe saw.</summary>
    /// <param name="FirstAnswer">From the start of the process to the answer of the first cell.</param>
    /// <param name="NextCell">A trivial cell after it.</param>
    /// <param name="Problem">What failed, in a sentence; null where all went well.</param>
    public sealed record Result(TimeSpan FirstAnswer, TimeSpan NextCell, string? Problem);

    /// <summary>Probes.</summary>
    /// <param name="command">What starts the kernel; the connection file is added.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<Result> RunAsync(IReadOnlyList<string> command, CancellationToken stop = default)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timer.CancelAfter(Patience);
        var clock = Stopwatch.StartNew();
        try
        {
            await using KernelClient kernel = await KernelClient.StartAsync(command, stop: timer.Token)
                .ConfigureAwait(false);
            string? problem = await kernel.ExecuteAsync("1 + 1", timer.Token).ConfigureAwait(false);
            TimeSpan first = clock.Elapsed;
            clock.Restart();
            problem ??= await kernel.ExecuteAsync("2 + 2", timer.Token).ConfigureAwait(false);
            TimeSpan next = clock.Elapsed;
            await kernel.ShutdownAsync(timer.Token).ConfigureAwait(false);
            return new Result(first, next, problem);
        }
        catch (Exception error) when (error is ZmtpException or JupyterMessageException or InvalidOperationException
            or System.ComponentModel.Win32Exception or IOException)
        {
            return new Result(clock.Elapsed, TimeSpan.Zero, error.Message);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Result(
                clock.Elapsed, TimeSpan.Zero, $"the kernel did not answer within {Patience.TotalSeconds} seconds.");
        }
    }
}
