namespace FinML.Statistics;

/// <summary>
/// The 1-Wasserstein (earth mover's) distance of two distributions on the line, the integral of |F - G|: exact by
/// sorting, in the unit of the values. A test that two samples come from one distribution is
/// <c>PermutationTest.TwoSample(x, y, "Wasserstein distance", WassersteinDistance.Of)</c>.
/// </summary>
public static class WassersteinDistance
{
    /// <summary>Of two samples, each value of a sample weighing the same.</summary>
    /// <param name="first">One or more finite numbers.</param>
    /// <param name="second">One or more finite numbers.</param>
    public static double Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Guard.Series(first, 1, nameof(first));
        Guard.Series(second, 1, nameof(second));
        double[] a = first.ToArray(), b = second.ToArray();
        Array.Sort(a);
        Array.Sort(b);
        double sum = 0, last = Math.Min(a[0], b[0]);
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            double next = j == b.Length || (i < a.Length && a[i] <= b[j]) ? a[i] : b[j];
            sum += Math.Abs(i / (double)a.Length - j / (double)b.Length) * (next - last);
            last = next;
            while (i < a.Length && a[i] == next)
                i++;
            while (j < b.Length && b[j] == next)
                j++;
        }

        return sum;
    }

    /// <summary>Of two distributions on points.</summary>
    /// <param name="first">Points of one, finite.</param>
    /// <param name="firstWeights">Their weights, 0 or more, with a sum above 0 (they are divided by it).</param>
    /// <param name="second">Points of the other.</param>
    /// <param name="secondWeights">Their weights.</param>
    public static double Of(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> firstWeights,
        ReadOnlySpan<double> second,
        ReadOnlySpan<double> secondWeights)
    {
        Guard.Series(first, 1, nameof(first));
        Guard.Series(second, 1, nameof(second));
        double[] weightsA = Weights(first, firstWeights, nameof(first), nameof(firstWeights));
        double[] weightsB = Weights(second, secondWeights, nameof(second), nameof(secondWeights));
        double[] points = [.. first, .. second];
        double[] steps = [.. weightsA, .. weightsB.Select(w => -w)]; // of F - G
        Array.Sort(points, steps);
        double sum = 0, difference = 0;
        for (int i = 0; i + 1 < points.Length; i++)
        {
            difference += steps[i];
            sum += Math.Abs(difference) * (points[i + 1] - points[i]);
        }

        return sum;
    }

    private static double[] Weights(
        ReadOnlySpan<double> points, ReadOnlySpan<double> weights, string nameOfPoints, string name)
    {
        Guard.SameLength(points, weights, nameOfPoints, name);
        return Guard.Probabilities(weights, name);
    }
}
