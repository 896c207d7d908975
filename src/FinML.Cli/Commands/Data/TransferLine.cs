using System.Globalization;

namespace FinML.Cli.Commands;

/// <summary>The progress of a download: a line on standard error for each two seconds that it takes.</summary>
internal sealed class TransferLine(TextWriter output, string name, TimeProvider clock)
    : IProgress<(long Bytes, long? Total)>
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(2);
    private long _last = clock.GetTimestamp();

    public void Report((long Bytes, long? Total) value)
    {
        if (clock.GetElapsedTime(_last) < s_quiet)
            return;
        _last = clock.GetTimestamp();
        string total = value.Total is { } t ? $" of {Megabytes(t)}" : "";
        output.WriteLine($"  {name}: {Megabytes(value.Bytes)}{total} MB");
        output.Flush();
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("F1", CultureInfo.InvariantCulture);
}
