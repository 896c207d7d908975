using FinML.Shared;

namespace FinML.Statistics;

/// <summary>A regression tree (Breiman, Friedman, Olshen and Stone 1984): splits that reduce the sum of squares most,
/// among a random choice of features at each node.</summary>
internal sealed class RegressionTree
{
    private readonly List<(int Feature, double Threshold, int Left, int Right, double Value)> _nodes = [];

    internal RegressionTree(
        double[][] columns, double[] target, int[] rows, int featuresTried, int smallestLeaf, PhiloxStream random)
    {
        var grower = new Grower(columns, target, featuresTried, smallestLeaf, random, _nodes);
        grower.Grow(rows, 0, rows.Length);
    }

    /// <summary>The mean of the leaf that a row falls in.</summary>
    internal double Predict(double[][] columns, int row)
    {
        int node = 0;
        while (_nodes[node].Feature >= 0)
        {
            (int feature, double threshold, int left, int right, _) = _nodes[node];
            node = columns[feature][row] <= threshold ? left : right;
        }

        return _nodes[node].Value;
    }

    private sealed class Grower(
        double[][] columns,
        double[] target,
        int featuresTried,
        int smallestLeaf,
        PhiloxStream random,
        List<(int Feature, double Threshold, int Left, int Right, double Value)> nodes)
    {
        private readonly int[] _features = [.. Enumerable.Range(0, columns.Length)];

        /// <summary>Adds the node of rows[start .. end) and returns its index; reorders these rows.</summary>
        internal int Grow(int[] rows, int start, int end)
        {
            int node = nodes.Count;
            double mean = 0;
            for (int i = start; i < end; i++)
                mean += target[rows[i]];
            mean /= end - start;
            nodes.Add((-1, 0, 0, 0, mean));
            if (end - start < 2 * smallestLeaf)
                return node;
            (int feature, double threshold) = BestSplit(rows, start, end, mean);
            if (feature < 0)
                return node;
            int middle = start;
            for (int i = start; i < end; i++)
            {
                if (columns[feature][rows[i]] <= threshold)
                {
                    (rows[i], rows[middle]) = (rows[middle], rows[i]);
                    middle++;
                }
            }

            int left = Grow(rows, start, middle), right = Grow(rows, middle, end);
            nodes[node] = (feature, threshold, left, right, mean);
            return node;
        }

        /// <summary>The split with the largest n_l m_l^2 + n_r m_r^2, m the means of the target less that of the node.
        /// </summary>
        private (int Feature, double Threshold) BestSplit(int[] rows, int start, int end, double mean)
        {
            int count = end - start;
            double[] keys = new double[count], values = new double[count];
            (int Feature, double Threshold) best = (-1, 0);
            double largest = 1e-12;
            for (int tried = 0; tried < featuresTried; tried++)
            {
                int pick = tried + random.NextInt(_features.Length - tried);
                (_features[tried], _features[pick]) = (_features[pick], _features[tried]);
                double[] column = columns[_features[tried]];
                for (int i = 0; i < count; i++)
                    (keys[i], values[i]) = (column[rows[start + i]], target[rows[start + i]] - mean);
                Array.Sort(keys, values);
                double left = 0;
                for (int i = 0; i < count - smallestLeaf; i++)
                {
                    left += values[i];
                    if (i + 1 < smallestLeaf || keys[i] == keys[i + 1])
                        continue;
                    double gain = left * left * (1.0 / (i + 1) + 1.0 / (count - i - 1));
                    if (gain > largest)
                        (largest, best) = (gain, (_features[tried], keys[i] + (keys[i + 1] - keys[i]) / 2));
                }
            }

            return best;
        }
    }
}
