namespace FinML.Data.Store;

/// <summary>
/// The right to change a store: an exclusive hold on its lock file, which the operating system gives back when the
/// process ends, however it ends. Readers need none.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);
    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <summary>The lock, or null where another process or thread holds it, or this one may not write there.</summary>
    public static StoreLock? TryTake(string folder)
    {
        try
        {
            return new StoreLock(new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate,
                FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception e) when (e is UnauthorizedAccessException
            or (IOException and not (DirectoryNotFoundException or FileNotFoundException)))
        {
            return null;
        }
    }

    /// <summary>The lock, after at most <paramref name="timeout"/>.</summary>
    /// <exception cref="DataException">Another writer held it all the time.</exception>
    public static StoreLock Take(string folder, TimeSpan timeout, CancellationToken stop)
    {
        for (TimeSpan waited = TimeSpan.Zero; ; waited += s_pause)
        {
            if (TryTake(folder) is { } taken)
                return taken;
            if (waited >= timeout)
            {
                throw new DataException($"Another process has been writing to the store {folder} (or it may "
                    + $"not be written to) for {timeout.TotalSeconds:0.#} s; try again, or wait longer with "
                    + "LockTimeout.");
            }

            if (stop.WaitHandle.WaitOne(s_pause))
                stop.ThrowIfCancellationRequested();
        }
    }

    public void Dispose() => _file.Dispose();
}
