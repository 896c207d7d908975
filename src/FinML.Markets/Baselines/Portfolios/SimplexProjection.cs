namespace FinML.Markets;

/// <summary>
/// The nearest weights that are not negative and sum to 1: w = max(v + θ, 0). Duchi, Shalev-Shwartz, Singer and
/// Chandra, "Efficient projections onto the l1-ball for learning in high dimensions", ICML 2008, figure 1.
/// </summary>
internal static class SimplexProjection
{
    internal static void Project(Span<double> weights)
    {
        double[] sorted = weights.ToArray();
        Array.Sort(sorted, (a, b) => b.CompareTo(a));
        double sum = 0, shift = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            sum += sorted[i];
            double candidate = (1 - sum) / (i + 1);
            if (sorted[i] + candidate > 0)
                shift = candidate;
        }

        foreach (ref double weight in weights)
            weight = Math.Max(weight + shift, 0);
    }
}
