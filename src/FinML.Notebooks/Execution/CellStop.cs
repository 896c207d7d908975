using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace FinML.Notebooks;

/// <summary>
/// What the loops and functions of cells ask each time around, so that a cell can be stopped between two of its own
/// statements. An abort from outside hits the runtime and libraries at any point, and has ended processes.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CellStop
{
    private static readonly AsyncLocal<Run?> Current = new();
    private static int stopping; // how many runs are being stopped: read at each turn, so as cheap as can be

    /// <summary>Goes on, or ends the cell that calls.</summary>
    /// <exception cref="OperationCanceledException">The cell is being stopped.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Check()
    {
        if (Volatile.Read(ref stopping) != 0)
            Strike(Urgency.Asked);
    }

    /// <summary>The same where a cell cleans up, which gets a moment to finish.</summary>
    /// <exception cref="OperationCanceledException">The cell is being stopped, and cleans up for too long.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CheckCleanup()
    {
        if (Volatile.Read(ref stopping) != 0)
            Strike(Urgency.Late);
    }

    internal enum Urgency
    {
        None,
        Asked,
        Late,
    }

    /// <summary>One cell's run, with the tasks and threads that it starts.</summary>
    internal sealed class Run
    {
        private volatile Urgency urgency;

        /// <summary>What is called from here on, on this thread and on those that it starts, is of this run.</summary>
        internal void Enter() => Current.Value = this;

        /// <summary>Begins to stop it, or to stop it in earnest.</summary>
        internal void Ask(Urgency next)
        {
            if (urgency == Urgency.None)
                Interlocked.Increment(ref stopping);
            urgency = next;
        }

        /// <summary>Ends the stopping. Tasks of the run that come by within a second are stopped still.</summary>
        internal void End() => Task.Delay(TimeSpan.FromSeconds(1)).ContinueWith(
            _ => Interlocked.Decrement(ref stopping), CancellationToken.None, TaskContinuationOptions.None,
            TaskScheduler.Default);

        internal bool IsAsked(Urgency least) => urgency >= least;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Strike(Urgency least)
    {
        // The tasks that earlier cells left behind go on.
        if (Current.Value?.IsAsked(least) ?? false)
            throw new OperationCanceledException("The cell was interrupted.");
    }
}
