using System.Runtime.CompilerServices;

namespace FinML.Data.Features;

/// <summary>The count, the two means and the sum of products of deviations of two series over the rows of a window.
/// Source: as <see cref="RollingMoments"/>.</summary>
public readonly record struct JointMoments(double Count, double MeanX, double MeanY, double Products)
    : IAggregate<JointMoments>
{
    /// <inheritdoc/>
    public static JointMoments Missing => new(1, double.NaN, double.NaN, double.NaN);

    /// <summary>The covariance with divisor n - 1.</summary>
    public double SampleCovariance => Products / (Count - 1);

    /// <summary>The moments of one row.</summary>
    public static JointMoments Of(double x, double y) => new(1, x, y, (x - x) + (y - y)); // NaN stays NaN

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static JointMoments Combine(in JointMoments older, in JointMoments newer)
    {
        double count = older.Count + newer.Count;
        double share = newer.Count / count;
        double x = newer.MeanX - older.MeanX, y = newer.MeanY - older.MeanY;
        return new JointMoments(count, older.MeanX + x * share, older.MeanY + y * share,
            older.Products + newer.Products + x * y * older.Count * share);
    }
}
