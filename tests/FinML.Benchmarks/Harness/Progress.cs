namespace FinML.Benchmarks;

/// <summary>A line on the terminal's error stream that says what is being measured; nothing where that is no terminal.
/// </summary>
internal sealed class Progress(int rows) : IDisposable
{
    private const int Width = 24;
    private readonly bool shown = !Console.IsErrorRedirected;
    private int done;

    internal void Next(string row)
    {
        if (!shown)
            return;
        int filled = Width * done / Math.Max(rows, 1);
        Console.Error.Write(
            $"\r\e[K[{new string('#', filled)}{new string('.', Width - filled)}] {done}/{rows} {row}");
        done++;
    }

    /// <summary>Makes room for a line of the table.</summary>
    internal void Clear()
    {
        if (shown)
            Console.Error.Write("\r\e[K");
    }

    public void Dispose() => Clear();
}
