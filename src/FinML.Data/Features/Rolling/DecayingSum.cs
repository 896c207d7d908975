using System.Runtime.CompilerServices;

namespace FinML.Data.Features;

/// <summary>
/// A sum of the rows of a window in which each row weighs less by a factor q than the one that follows:
/// sum over k of q^k x[t-k]. <paramref name="Weight"/> is q to the number of rows.
/// </summary>
public readonly record struct DecayingSum(double Value, double Weight) : IAggregate<DecayingSum>
{
    /// <inheritdoc/>
    public static DecayingSum Missing => new(double.NaN, 1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DecayingSum Combine(in DecayingSum older, in DecayingSum newer) =>
        new(older.Value * newer.Weight + newer.Value, older.Weight * newer.Weight);
}
