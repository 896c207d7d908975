using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// The null model of skill: at each close, with a given probability, it draws a new position from a set; else it keeps
/// the one it has. With the switching probability of a strategy it has about that strategy's turnover and no knowledge.
/// </summary>
public sealed class RandomPolicy : IStrategy
{
    private readonly ulong seed;
    private readonly double switching;
    private readonly double[] positions;

    /// <param name="seed">The seed; a decision depends on it, on the row and on the previous target only.</param>
    /// <param name="switching">The probability of drawing anew; 0 to 1. A draw may give the same position
    /// again.</param>
    /// <param name="positions">The set drawn from, uniformly; {-1, 0, 1} by default.</param>
    public RandomPolicy(ulong seed, double switching = 0.05, IReadOnlyList<double>? positions = null)
    {
        Require.InRange(switching, 0, 1, nameof(switching));
        this.positions = positions is null ? [-1, 0, 1] : [.. positions];
        Require.InRange(this.positions.Length, 1, 10_000, "positions.Count");
        foreach (double position in this.positions)
            Require.Finite(position, nameof(positions));
        this.seed = seed;
        this.switching = switching;
    }

    /// <inheritdoc/>
    public string Name => $"random_{seed}";

    /// <inheritdoc/>
    public int WarmUp => 0;

    /// <summary>
    /// The switching probability whose expected number of changes is that of a row of targets: changes / decisions
    /// × n / (n - 1), as one draw in n gives the old position again.
    /// </summary>
    public static double SwitchingOf(ReadOnlySpan<double> targets, int positions = 3)
    {
        Require.InRange(positions, 2, 10_000, nameof(positions));
        int changes = 0;
        for (int t = 1; t < targets.Length; t++)
            changes += targets[t] != targets[t - 1] ? 1 : 0;
        double rate = targets.Length < 2 ? 0 : changes / (targets.Length - 1.0);
        return Math.Min(1, rate * positions / (positions - 1));
    }

    /// <inheritdoc/>
    public double Decide(in PointInTimeView view, int asset, double previousTarget)
    {
        // One stream a row: the same decision whatever was asked before.
        var random = new RandomStream(seed, (ulong)view.Length);
        bool draws = random.NextDouble() < switching;
        return draws ? positions[random.NextInt(positions.Length)] : previousTarget;
    }
}
