using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>
/// Weights w >= 0, sum w = 1, that bring a mixture of points nearest to a target: the point of least norm in a convex
/// hull, by P. Wolfe, "Finding the nearest point in a polytope", Mathematical Programming 11 (1976). Finite and exact
/// to rounding; few weights are above 0.
/// </summary>
internal static class NearestMixture
{
    private const int StepsAPoint = 50;

    /// <summary>The weights of the points.</summary>
    /// <param name="points">(points, coordinates).</param>
    /// <param name="target">(coordinates).</param>
    internal static double[] Weights(double[][] points, double[] target)
    {
        int m = points.Length;
        double[][] p = Array.ConvertAll(points, x => x.Zip(target, (a, b) => a - b).ToArray());
        double largest = p.Max(x => InnerProduct.Of(x, x)), tolerance = 1e-13 * largest;
        int start = 0;
        for (int i = 1; i < m; i++)
        {
            if (InnerProduct.Of(p[i], p[i]) < InnerProduct.Of(p[start], p[start]))
                start = i;
        }

        List<int> corral = [start];
        List<double> weights = [1];
        double[] nearest = (double[])p[start].Clone();
        for (int step = 0; step < StepsAPoint * m; step++)
        {
            int best = 0;
            double least = double.PositiveInfinity;
            for (int i = 0; i < m; i++)
            {
                double along = InnerProduct.Of(p[i], nearest);
                if (along < least)
                    (best, least) = (i, along);
            }

            if (least >= InnerProduct.Of(nearest, nearest) - tolerance || corral.Contains(best))
                break; // no point lies on the near side of the plane through the nearest one
            corral.Add(best);
            weights.Add(0);
            Contract(p, corral, weights);
            nearest = Mixture(p, corral, weights);
        }

        var result = new double[m];
        for (int i = 0; i < corral.Count; i++)
            result[corral[i]] = weights[i];
        return result;
    }

    /// <summary>Moves to the nearest point of the corral's plane, dropping points until it lies inside.</summary>
    private static void Contract(double[][] p, List<int> corral, List<double> weights)
    {
        while (true)
        {
            double[] affine = Affine(p, corral);
            if (affine.All(a => a > 1e-12))
            {
                for (int i = 0; i < affine.Length; i++)
                    weights[i] = affine[i];
                return;
            }

            double step = 1;
            for (int i = 0; i < affine.Length; i++)
            {
                if (affine[i] <= 1e-12 && weights[i] > affine[i])
                    step = Math.Min(step, weights[i] / (weights[i] - affine[i]));
            }

            for (int i = 0; i < affine.Length; i++)
                weights[i] += step * (affine[i] - weights[i]);
            int before = corral.Count;
            for (int i = corral.Count - 1; i >= 0; i--)
            {
                if (weights[i] > 1e-12)
                    continue;
                corral.RemoveAt(i);
                weights.RemoveAt(i);
            }

            if (corral.Count == before)
                return; // rounding: nothing left to drop
            double sum = weights.Sum();
            for (int i = 0; i < weights.Count; i++)
                weights[i] /= sum;
        }
    }

    /// <summary>Weights that sum to 1, of either sign, of the least norm on the plane through the points: by least
    /// squares from the last one, which keeps the digits that normal equations lose.</summary>
    private static double[] Affine(double[][] p, List<int> corral)
    {
        int k = corral.Count - 1;
        if (k == 0)
            return [1];
        double[] last = p[corral[k]];
        Matrix<double> differences = Matrix<double>.Build.Dense(
            last.Length, k, (row, j) => p[corral[j]][row] - last[row]);
        Vector<double> b = differences.Svd().Solve(Vector<double>.Build.Dense(last.Length, row => -last[row]));
        return [.. b, 1 - b.Sum()];
    }

    private static double[] Mixture(double[][] p, List<int> corral, List<double> weights)
    {
        var x = new double[p[0].Length];
        for (int i = 0; i < corral.Count; i++)
        {
            for (int j = 0; j < x.Length; j++)
                x[j] += weights[i] * p[corral[i]][j];
        }

        return x;
    }
}
