using FinML.Data;

namespace FinML.Markets;

/// <summary>The sample covariance of the simple returns of the last rows of a view.</summary>
internal static class RollingCovariance
{
    /// <summary>Row-major, (assets, assets), divisor rows - 1.</summary>
    /// <param name="view">What is known.</param>
    /// <param name="field">The price.</param>
    /// <param name="assets">Those with a price on the last rows + 1 rows.</param>
    /// <param name="rows">Returns.</param>
    internal static double[] Of(in PointInTimeView view, string field, int[] assets, int rows)
    {
        int count = assets.Length;
        double[][] returns = new double[count][]; // (assets) of (rows), centred
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> prices = view.Window(assets[i], field, rows + 1);
            returns[i] = new double[rows];
            double mean = 0;
            for (int t = 0; t < rows; t++)
            {
                returns[i][t] = prices[t + 1] / prices[t] - 1;
                mean += returns[i][t] / rows;
            }

            foreach (ref double value in returns[i].AsSpan())
                value -= mean;
        }

        double[] covariance = new double[count * count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int t = 0; t < rows; t++)
                    sum += returns[i][t] * returns[j][t];
                covariance[i * count + j] = covariance[j * count + i] = sum / (rows - 1);
            }
        }

        return covariance;
    }
}
