namespace FinML.Statistics;

/// <summary>The losses of the resamples less their average over all models. No difference between models sees it, and
/// the products of what is left keep their digits where the models are much alike.</summary>
internal static class CommonPart
{
    /// <param name="gains">By model, by replicate; more is better.</param>
    internal static double[][] Without(double[][] gains)
    {
        int k = gains.Length, replicates = gains[0].Length;
        var average = new double[replicates];
        foreach (double[] row in gains)
        {
            for (int b = 0; b < replicates; b++)
                average[b] += row[b] / k;
        }

        return [.. gains.Select(row =>
        {
            var losses = new double[replicates];
            for (int b = 0; b < replicates; b++)
                losses[b] = average[b] - row[b];
            return losses;
        })];
    }
}
