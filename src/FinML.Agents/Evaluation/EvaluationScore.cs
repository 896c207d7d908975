namespace FinML.Agents;

/// <summary>The returns and lengths of evaluation episodes.</summary>
/// <param name="Returns">Undiscounted returns, (episodes).</param>
/// <param name="Lengths">Steps, (episodes).</param>
public sealed record EvaluationScore(IReadOnlyList<double> Returns, IReadOnlyList<int> Lengths)
{
    public double Mean => Returns.Average();

    /// <summary>The sample standard deviation; 0 for one episode.</summary>
    public double StandardDeviation => Returns.Count < 2
        ? 0
        : Math.Sqrt(Returns.Sum(r => (r - Mean) * (r - Mean)) / (Returns.Count - 1));
}
