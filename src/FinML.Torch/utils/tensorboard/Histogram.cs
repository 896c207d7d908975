using FinML.Torch.Utils.tensorboard.Enums;

namespace FinML.Torch.Utils.tensorboard;

/// <summary>
/// A histogram as TensorBoard draws it: <c>Counts[i]</c> values lie in (Limits[i-1], Limits[i]], and the first bucket
/// is an empty one that says where the second begins. Runs of empty buckets at both ends are left out.
/// </summary>
internal sealed record Histogram(
    double Min, double Max, double Sum, double SumOfSquares, long Number, double[] Limits, double[] Counts)
{
    private static readonly Lazy<double[]> TensorflowEdges = new(MakeTensorflowEdges);

    /// <param name="values">At least one, all finite.</param>
    /// <param name="bins">How buckets are chosen.</param>
    /// <param name="maxBins">Neighbouring buckets are joined, in equal groups, until about that many are left.</param>
    internal static Histogram Of(double[] values, HistogramBinSelector bins, long? maxBins)
    {
        double[] edges = bins == HistogramBinSelector.Tensorflow
            ? TensorflowEdges.Value
            : HistogramEdges.Of(values, bins);
        double[] counts = HistogramEdges.Counts(values, edges);
        if (maxBins is long limit && counts.Length > limit)
            (edges, counts) = Join(edges, counts, counts.Length / limit);

        int first = Array.FindIndex(counts, c => c > 0), last = Array.FindLastIndex(counts, c => c > 0);
        double sum = 0, squares = 0;
        foreach (double value in values)
        {
            sum += value;
            squares += value * value;
        }

        return new Histogram(
            values.Min(), values.Max(), sum, squares, values.Length, edges[first..(last + 2)],
            [0, .. counts.AsSpan(first..(last + 1))]);
    }

    private static (double[] Edges, double[] Counts) Join(double[] edges, double[] counts, long group)
    {
        double[][] groups = counts.Chunk((int)group).ToArray();
        double[] starts = edges[..^1].Chunk((int)group).Select(g => g[0]).ToArray();
        return ([.. starts, edges[^1]], groups.Select(g => g.Sum()).ToArray());
    }

    private static double[] MakeTensorflowEdges()
    {
        List<double> positive = [];
        for (double edge = 1e-12; edge < 1e20; edge *= 1.1)
            positive.Add(edge);
        return [.. positive.Select(e => -e).Reverse(), 0, .. positive];
    }
}
