using System.Runtime.CompilerServices;

namespace FinML.Data.Features;

/// <summary>The count, the mean and the sum of squared deviations of the rows of a window, without cancellation.
/// Source: T. F. Chan, G. H. Golub and R. J. LeVeque, "Algorithms for computing the sample variance", The American
/// Statistician 37 (1983).</summary>
public readonly record struct RollingMoments(double Count, double Mean, double Squares) : IAggregate<RollingMoments>
{
    /// <inheritdoc/>
    public static RollingMoments Missing => new(1, double.NaN, double.NaN);

    /// <summary>The variance with divisor n - 1.</summary>
    public double SampleVariance => Squares / (Count - 1);

    /// <summary>The variance with divisor n.</summary>
    public double PopulationVariance => Squares / Count;

    /// <summary>The moments of one row.</summary>
    public static RollingMoments Of(double value) => new(1, value, value - value); // NaN stays NaN in both

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RollingMoments Combine(in RollingMoments older, in RollingMoments newer)
    {
        double count = older.Count + newer.Count;
        double share = newer.Count / count;
        double delta = newer.Mean - older.Mean;
        return new RollingMoments(count, older.Mean + delta * share,
            older.Squares + newer.Squares + delta * delta * older.Count * share);
    }
}
