using FinML.Notebooks.Protocol;

namespace FinML.Notebooks.Kernel;

/// <summary>Runs a kernel for a front end, from its connection file to its shutdown.</summary>
public static class KernelHost
{
    /// <summary>Serves until the front end shuts the kernel down, or has died.</summary>
    /// <param name="connectionFile">The file that the front end wrote.</param>
    /// <param name="options">What cells get.</param>
    /// <param name="refused">Hears why messages and peers were refused.</param>
    /// <param name="stop">Ends it from outside.</param>
    /// <exception cref="NotebookFormatException">The connection file cannot be used.</exception>
    /// <exception cref="Zmtp.ZmtpException">A port cannot be bound.</exception>
    public static async Task RunAsync(
        string connectionFile, NotebookHostOptions options, Action<string>? refused = null,
        CancellationToken stop = default)
    {
        ConnectionFile connection = ConnectionFile.Read(connectionFile);
        var session = new InteractiveSession(options);
        await using var server = new KernelServer(connection, session, options.TimeProvider) { Refused = refused };
        Task warm = session.WarmUpAsync(); // the ports are bound: who connects waits for nothing else
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task alone = FrontEndWatch.EndedAsync(end.Token).ContinueWith(
            _ => end.Cancel(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default);
        await server.RunAsync(end.Token).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(alone).ConfigureAwait(false);
        await Task.WhenAny(warm, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None)).ConfigureAwait(false);
    }
}
