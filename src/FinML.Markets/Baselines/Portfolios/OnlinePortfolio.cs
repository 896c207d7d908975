namespace FinML.Markets;

/// <summary>What the online portfolio selections share.</summary>
internal static class OnlinePortfolio
{
    /// <summary>The previous weights of the assets that can be judged now, scaled to sum to 1; equal ones at
    /// first.</summary>
    internal static double[] Previous(int[] assets, ReadOnlySpan<double> previous)
    {
        double[] weights = new double[assets.Length];
        double sum = 0;
        for (int i = 0; i < assets.Length; i++)
            sum += weights[i] = previous[assets[i]];
        for (int i = 0; i < assets.Length; i++)
            weights[i] = sum > 0 ? weights[i] / sum : 1.0 / assets.Length;
        return weights;
    }

    /// <summary>b·x and |x - mean x|², and takes the mean off x.</summary>
    internal static (double Earned, double Spread) CenterAndMeasure(
        ReadOnlySpan<double> weights, Span<double> relatives)
    {
        double earned = 0, mean = 0, spread = 0;
        for (int i = 0; i < relatives.Length; i++)
        {
            earned += weights[i] * relatives[i];
            mean += relatives[i] / relatives.Length;
        }

        foreach (ref double relative in relatives)
        {
            relative -= mean;
            spread += relative * relative;
        }

        return (earned, spread);
    }
}
