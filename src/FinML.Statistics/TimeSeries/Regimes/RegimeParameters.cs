namespace FinML.Statistics;

/// <summary>The parameters of a switching model as the filter wants them.</summary>
internal sealed record RegimeParameters(
    double[] Means, double[] Deviations, double[,] Autoregression, double[,] Transitions, double[] Initial);
