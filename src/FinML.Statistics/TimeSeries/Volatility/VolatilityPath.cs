namespace FinML.Statistics;

/// <summary>What the recursion of a volatility model passed through: variances, errors, and the scores.</summary>
internal sealed class VolatilityPath(int count, int parameters)
{
    internal double[] Variances { get; } = new double[count];

    internal double[] Errors { get; } = new double[count];

    internal double[,] Scores { get; } = new double[count, parameters];

    internal void Add(int t, double variance, double error)
    {
        Variances[t] = variance;
        Errors[t] = error;
    }

    internal void AddScore(int t, int parameter, double score) => Scores[t, parameter] = score;
}
