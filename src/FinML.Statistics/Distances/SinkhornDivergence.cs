namespace FinML.Statistics;

/// <summary>
/// The debiased cost of entropic transport with squared Euclidean distances, S = OT(a, b) - OT(a, a) / 2 - OT(b, b) / 2
/// (Genevay, Peyré and Cuturi 2018; Feydy et al. 2019): 0 for equal distributions and for no others, whereas OT(a, a)
/// is not 0. It goes to the squared 2-Wasserstein distance with epsilon to 0 and to the squared distance of the means
/// with epsilon to infinity.
/// </summary>
public sealed record SinkhornDivergence
{
    /// <summary>S, in the unit of the values squared.</summary>
    public required double Value { get; init; }

    /// <summary>OT(a, b).</summary>
    public required Sinkhorn Between { get; init; }

    /// <summary>OT(a, a).</summary>
    public required Sinkhorn WithinFirst { get; init; }

    /// <summary>OT(b, b).</summary>
    public required Sinkhorn WithinSecond { get; init; }

    /// <summary>True where all three converged.</summary>
    public bool HasConverged => Between.HasConverged && WithinFirst.HasConverged && WithinSecond.HasConverged;

    /// <summary>Of two samples of numbers, each value weighing the same.</summary>
    /// <param name="first">One or more finite numbers.</param>
    /// <param name="second">One or more.</param>
    /// <param name="options">epsilon, iterations, tolerance.</param>
    public static SinkhornDivergence Of(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, SinkhornOptions options) =>
        Of(PointSet.Of(first, 1, nameof(first)), Equal(first.Length), PointSet.Of(second, 1, nameof(second)),
            Equal(second.Length), options);

    /// <summary>Of two distributions on points of the line.</summary>
    /// <param name="first">Points of one, finite.</param>
    /// <param name="firstWeights">Their weights, 0 or more (they are divided by their sum).</param>
    /// <param name="second">Points of the other.</param>
    /// <param name="secondWeights">Their weights.</param>
    /// <param name="options">epsilon, iterations, tolerance.</param>
    public static SinkhornDivergence Of(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> firstWeights,
        ReadOnlySpan<double> second,
        ReadOnlySpan<double> secondWeights,
        SinkhornOptions options) =>
        Of(PointSet.Of(first, 1, nameof(first)), firstWeights, PointSet.Of(second, 1, nameof(second)), secondWeights,
            options);

    /// <summary>Of two samples of vectors, each vector weighing the same.</summary>
    /// <param name="first">(d, n): a column a variable.</param>
    /// <param name="second">(d, m): the same variables.</param>
    /// <param name="options">epsilon, iterations, tolerance.</param>
    public static SinkhornDivergence Of(
        IReadOnlyList<double[]> first, IReadOnlyList<double[]> second, SinkhornOptions options)
    {
        PointSet a = PointSet.Of(first, 1, nameof(first)), b = PointSet.Of(second, 1, nameof(second));
        a.With(b, nameof(first), nameof(second));
        return Of(a, Equal(a.Count), b, Equal(b.Count), options);
    }

    private static SinkhornDivergence Of(
        PointSet first,
        ReadOnlySpan<double> firstWeights,
        PointSet second,
        ReadOnlySpan<double> secondWeights,
        SinkhornOptions options)
    {
        Sinkhorn between = Sinkhorn.Transport(Costs(first, second), firstWeights, secondWeights, options);
        Sinkhorn a = Sinkhorn.Within(Costs(first, first), firstWeights, options);
        Sinkhorn b = Sinkhorn.Within(Costs(second, second), secondWeights, options);
        return new SinkhornDivergence
        {
            Value = between.EntropicCost - (a.EntropicCost + b.EntropicCost) / 2,
            Between = between,
            WithinFirst = a,
            WithinSecond = b,
        };
    }

    private static double[] Equal(int count) => [.. Enumerable.Repeat(1.0, count)];

    private static double[,] Costs(PointSet first, PointSet second)
    {
        var costs = new double[first.Count, second.Count];
        for (int i = 0; i < first.Count; i++)
        {
            for (int j = 0; j < second.Count; j++)
                costs[i, j] = PointSet.SquaredDistance(first[i], second[j]);
        }

        return costs;
    }
}
