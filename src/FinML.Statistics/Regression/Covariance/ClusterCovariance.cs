using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// Sums of scores within clusters, one grouping or two by inclusion and exclusion: R's vcovCL with type HC1.
/// </summary>
internal sealed class ClusterCovariance(int[][] groupings, SmallSampleFactor factor) : CovarianceEstimator
{
    internal override CovarianceEstimator WithoutFactor() =>
        new ClusterCovariance(groupings, SmallSampleFactor.None);

    internal override ScoreCovariance Of(Scores scores)
    {
        int n = scores.Rows;
        foreach (int[] codes in groupings)
        {
            if (codes.Length != n)
                throw new ArgumentException(
                    $"There are {codes.Length} cluster labels and {n} rows; there must be one for each.");
        }

        int[] counts = Array.ConvertAll(groupings, codes => codes.Max() + 1);
        Matrix<double> sum = DenseMatrix.Create(scores.Columns, scores.Columns, 0);
        for (int g = 0; g < groupings.Length; g++)
            sum += Within(scores, groupings[g], counts[g]);
        if (groupings.Length == 2)
        {
            int[] both = Codes([.. groupings[0].Zip(groupings[1])]);
            sum -= Within(scores, both, both.Max() + 1);
        }

        double rows = factor == SmallSampleFactor.None ? 1 : (n - 1.0) / (n - scores.Parameters);
        return new ScoreCovariance(sum * (rows / n), $"clustered, {string.Join(" by ", counts)} clusters")
        {
            DegreesOfFreedom = counts.Min() - 1,
        };
    }

    /// <summary>Labels as numbers from 0, in order of appearance.</summary>
    internal static int[] Codes<T>(IReadOnlyList<T> labels)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(labels);
        var seen = new Dictionary<T, int>();
        var codes = new int[labels.Count];
        for (int i = 0; i < codes.Length; i++)
        {
            if (!seen.TryGetValue(labels[i], out codes[i]))
                seen.Add(labels[i], codes[i] = seen.Count);
        }

        if (seen.Count < 2)
            throw new ArgumentException(
                $"The {codes.Length} rows lie in {seen.Count} cluster{(seen.Count == 1 ? "" : "s")}; two or more are " +
                $"needed.", nameof(labels));
        return codes;
    }

    private Matrix<double> Within(Scores scores, int[] codes, int count)
    {
        int k = scores.Columns;
        var sums = new double[count * k];
        for (int t = 0; t < codes.Length; t++)
        {
            ReadOnlySpan<double> row = scores.Row(t);
            for (int j = 0; j < k; j++)
                sums[codes[t] * k + j] += row[j];
        }

        return CrossProduct(sums, k) * (factor == SmallSampleFactor.None ? 1 : count / (count - 1.0));
    }
}
