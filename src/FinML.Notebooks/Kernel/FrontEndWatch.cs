using System.Diagnostics;
using System.Globalization;

namespace FinML.Notebooks.Kernel;

/// <summary>
/// Ends a kernel whose front end has died without a word: nobody could ask it to shut down, and it would keep its
/// memory for ever. Jupyter says who started the kernel in <c>JPY_PARENT_PID</c>.
/// </summary>
internal static class FrontEndWatch
{
    internal const string Variable = "JPY_PARENT_PID";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Returns when the front end's process has ended; never where it is not known, or was not there to begin
    /// with (another container's number).</summary>
    internal static async Task EndedAsync(CancellationToken stop)
    {
        if (!int.TryParse(
            Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            || !IsThere(id))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(false);
        }

        while (IsThere(id))
            await Task.Delay(Interval, stop).ConfigureAwait(false);
    }

    private static bool IsThere(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false; // no process has this number
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return true; // it is another user's
        }
    }
}
