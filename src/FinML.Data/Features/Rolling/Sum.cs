using System.Runtime.CompilerServices;

namespace FinML.Data.Features;

/// <summary>The sum of the rows of a window.</summary>
public readonly record struct Sum(double Value) : IAggregate<Sum>
{
    /// <inheritdoc/>
    public static Sum Missing => new(double.NaN);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Sum Combine(in Sum older, in Sum newer) => new(older.Value + newer.Value);
}
