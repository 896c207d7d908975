namespace FinML.Training;

/// <summary>Target weights decided out of sample, one row of the panel each; NaN before the first traded row.</summary>
/// <param name="BySeed">One series for every agent.</param>
public sealed record WalkForwardPositions(IReadOnlyList<double[]> BySeed)
{
    /// <summary>The mean of the agents' targets: what a committee of all seeds holds. No seed is picked.</summary>
    public double[] Committee { get; } = Enumerable.Range(0, BySeed[0].Length)
        .Select(t => BySeed.Average(series => series[t]))
        .ToArray();

    /// <summary>The first row at which the agents decide.</summary>
    public int FirstRow => Array.FindIndex(Committee, double.IsFinite);
}
