using System.Runtime.CompilerServices;

namespace FinML.Data.Features;

/// <summary>The sums of two series over the rows of a window.</summary>
public readonly record struct SumPair(double First, double Second) : IAggregate<SumPair>
{
    /// <inheritdoc/>
    public static SumPair Missing => new(double.NaN, double.NaN);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SumPair Combine(in SumPair older, in SumPair newer) =>
        new(older.First + newer.First, older.Second + newer.Second);
}
