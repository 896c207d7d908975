using System.Runtime.CompilerServices;

namespace FinML.Data.Features;

/// <summary>The largest value of a window; that of the negatives is the smallest, negated. NaN where one is
/// missing.</summary>
public readonly record struct Maximum(double Value) : IAggregate<Maximum>
{
    /// <inheritdoc/>
    public static Maximum Missing => new(double.NaN);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Maximum Combine(in Maximum older, in Maximum newer) => new(Math.Max(older.Value, newer.Value));
}
