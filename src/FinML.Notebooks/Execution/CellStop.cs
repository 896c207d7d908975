using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace FinML.Notebooks;

/// <summary>
/// What the loops and functions of cells ask each time around, so that a cell can be stopped between two of its own
/// statements. An abort from outside hits the runtime and libraries at any point, and has ended processes.
/// </summary>
/// <remarks>A check is one comparison with the number of its cell, and where it strikes it throws and never comes back:
/// a call that could return would keep a loop's numbers out of the processor's registers, at four times the time.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CellStop
{
    private static int from = int.MaxValue, cleanupFrom = int.MaxValue;

    /// <summary>Goes on, or ends the cell that calls.</summary>
    /// <param name="cell">The number of the cell in whose code it stands.</param>
    /// <exception cref="OperationCanceledException">The cell is being stopped.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Check(int cell)
    {
        if (cell >= Volatile.Read(ref from))
            throw Interruption();
    }

    /// <summary>The same where a cell cleans up, which gets a moment to finish.</summary>
    /// <param name="cell">The number of the cell in whose code it stands.</param>
    /// <exception cref="OperationCanceledException">The cell is being stopped, and cleans up for too long.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CheckCleanup(int cell)
    {
        if (cell >= Volatile.Read(ref cleanupFrom))
            throw Interruption();
    }

    /// <summary>Begins to stop the code of a cell and of those after it.</summary>
    internal static void Ask(int cell) => Volatile.Write(ref from, cell);

    /// <summary>Begins to stop what cleans up, whatever cell's it is.</summary>
    internal static void AskCleanup() => Volatile.Write(ref cleanupFrom, int.MinValue);

    /// <summary>Ends the stopping.</summary>
    internal static void Withdraw()
    {
        Volatile.Write(ref from, int.MaxValue);
        Volatile.Write(ref cleanupFrom, int.MaxValue);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static OperationCanceledException Interruption() => new("The cell was interrupted.");
}
