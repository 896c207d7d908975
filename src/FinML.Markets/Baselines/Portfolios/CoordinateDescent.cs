namespace FinML.Markets;

/// <summary>
/// Weights that minimise ½ y'Σy less a reward that is separable, one coordinate at a time, scaled to sum to 1 at the
/// end.
/// </summary>
internal static class CoordinateDescent
{
    internal const double Tolerance = 1e-12;

    private const int MaximumSweeps = 20_000;

    /// <summary>The best y_i given Σ_{j≠i} Σ_ij y_j and Σ_ii.</summary>
    internal delegate double Update(int asset, double others, double variance);

    /// <param name="covariance">Row-major, (assets, assets); positive on the diagonal.</param>
    /// <param name="assets">Assets.</param>
    /// <param name="update">The coordinate's optimum.</param>
    /// <returns>Unscaled y, the sweeps, and the largest last change of a coordinate relative to the largest.</returns>
    internal static (double[] Values, int Sweeps, double Change) Minimise(
        ReadOnlySpan<double> covariance, int assets, Update update)
    {
        Require.SameLength(covariance.Length, assets * assets, nameof(covariance), "assets x assets");
        double[] values = new double[assets];
        for (int i = 0; i < assets; i++)
        {
            double variance = covariance[i * assets + i];
            if (!(variance > 0 && double.IsFinite(variance)))
                throw new ArgumentException($"The variance of asset {i} has to be positive; it is {variance}.");
            values[i] = 1 / Math.Sqrt(variance);
        }

        double change = double.PositiveInfinity;
        int sweep = 0;
        for (; sweep < MaximumSweeps && change > Tolerance; sweep++)
        {
            double largestChange = 0, largest = 0;
            for (int i = 0; i < assets; i++)
            {
                ReadOnlySpan<double> row = covariance.Slice(i * assets, assets);
                double others = 0;
                for (int j = 0; j < assets; j++)
                    others += j == i ? 0 : row[j] * values[j];
                double next = update(i, others, row[i]);
                largestChange = Math.Max(largestChange, Math.Abs(next - values[i]));
                largest = Math.Max(largest, Math.Abs(next));
                values[i] = next;
            }

            change = largest > 0 ? largestChange / largest : 0;
        }

        return (values, sweep, change);
    }

    internal static double[] SumToOne(double[] values)
    {
        double sum = values.Sum();
        return [.. values.Select(value => value / sum)];
    }
}
