using MathNet.Numerics;

namespace FinML.Statistics;

/// <summary>
/// Mutual information of two continuous variables (or vectors) from the distances of nearest neighbours: Kraskov,
/// Stögbauer and Grassberger (2004), "Estimating mutual information". For independent draws; estimates of independent
/// variables scatter about 0 and may be below it. Scale the variables alike: distances within x are compared with
/// distances within y (the truth does not depend on scale). A test of independence is
/// <c>PermutationTest.Association(x, y, "mutual information", (a, b) => MutualInformation.Of(a, b).Nats)</c>.
/// </summary>
public sealed record MutualInformation
{
    private const double Nat = 1.4426950408889634; // bits

    /// <summary>The estimate with natural logarithms.</summary>
    public required double Nats { get; init; }

    /// <summary>The estimate with logarithms to base 2.</summary>
    public double Bits => Nats * Nat;

    /// <summary>k.</summary>
    public required int Neighbours { get; init; }

    /// <summary>Which of the two.</summary>
    public required NeighbourEstimator Estimator { get; init; }

    /// <summary>Pairs of observations.</summary>
    public required int Count { get; init; }

    /// <summary>Of two variables.</summary>
    /// <param name="x">Finite, without repeated pairs; more than <paramref name="neighbours"/> values.</param>
    /// <param name="y">Aligned with x.</param>
    /// <param name="neighbours">k, 1 or more: more of them, less variance and more bias; 3 to 10 are usual.</param>
    /// <param name="estimator">Which of the two.</param>
    public static MutualInformation Of(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        int neighbours = 3,
        NeighbourEstimator estimator = NeighbourEstimator.First)
    {
        Guard.AtLeast(neighbours, 1, nameof(neighbours));
        Guard.SameLength(x, y, nameof(x), nameof(y));
        return Of(PointSet.Of(x, neighbours + 1, nameof(x)), PointSet.Of(y, neighbours + 1, nameof(y)), neighbours,
            estimator);
    }

    /// <summary>Of two vectors.</summary>
    /// <param name="x">(d, n): a column a variable.</param>
    /// <param name="y">(e, n): aligned with x.</param>
    /// <param name="neighbours">k, 1 or more.</param>
    /// <param name="estimator">Which of the two.</param>
    public static MutualInformation Of(
        IReadOnlyList<double[]> x,
        IReadOnlyList<double[]> y,
        int neighbours = 3,
        NeighbourEstimator estimator = NeighbourEstimator.First)
    {
        Guard.AtLeast(neighbours, 1, nameof(neighbours));
        PointSet a = PointSet.Of(x, neighbours + 1, nameof(x)), b = PointSet.Of(y, neighbours + 1, nameof(y));
        return a.Count == b.Count
            ? Of(a, b, neighbours, estimator)
            : throw new ArgumentException(
                $"x has {a.Count} rows and y has {b.Count}; they must be aligned, one for one.", nameof(y));
    }

    private static MutualInformation Of(PointSet x, PointSet y, int neighbours, NeighbourEstimator estimator)
    {
        if (!Enum.IsDefined(estimator))
            throw new ArgumentOutOfRangeException(
                nameof(estimator), $"estimator is {(int)estimator}; it must be a named one.");
        int n = x.Count;
        PointSet joint = x.Beside(y);
        KdTree tree = new(joint), treeX = new(x), treeY = new(y);
        Span<int> nearest = new int[neighbours];
        Span<double> distances = new double[neighbours];
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            tree.Nearest(i, nearest, distances);
            if (distances[^1] == 0)
                throw new ArgumentException(
                    $"Pair {i} of x and y is there more than {neighbours} times; the estimate needs continuous " +
                    "variables: add a little noise to rounded ones.");
            if (estimator == NeighbourEstimator.First)
            {
                sum += SpecialFunctions.DiGamma(treeX.CountWithin(i, distances[^1], inclusive: false) + 1)
                    + SpecialFunctions.DiGamma(treeY.CountWithin(i, distances[^1], inclusive: false) + 1);
            }
            else
            {
                sum += SpecialFunctions.DiGamma(CountWithinBox(treeX, x, i, nearest))
                    + SpecialFunctions.DiGamma(CountWithinBox(treeY, y, i, nearest));
            }
        }

        double correction = estimator == NeighbourEstimator.Second ? 1.0 / neighbours : 0;
        return new MutualInformation
        {
            Nats = SpecialFunctions.DiGamma(neighbours) - correction - sum / n + SpecialFunctions.DiGamma(n),
            Neighbours = neighbours,
            Estimator = estimator,
            Count = n,
        };
    }

    /// <summary>Points as near as the farthest of the neighbours in this variable, which are k at least.</summary>
    private static int CountWithinBox(KdTree tree, PointSet points, int i, ReadOnlySpan<int> neighbours)
    {
        double side = 0;
        foreach (int j in neighbours)
            side = Math.Max(side, KdTree.Distance(points[i], points[j]));
        return tree.CountWithin(i, side, inclusive: true);
    }
}
