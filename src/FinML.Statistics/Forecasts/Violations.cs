namespace FinML.Statistics;

/// <summary>Where outcomes fell outside what was forecast: the input of tests of coverage.</summary>
public static class Violations
{
    /// <summary>outcome &lt; bound: the losses beyond a value at risk, given as the return quantile (below
    /// 0).</summary>
    public static bool[] Below(ReadOnlySpan<double> outcomes, ReadOnlySpan<double> bounds)
    {
        Check(outcomes, bounds, nameof(bounds));
        var hits = new bool[outcomes.Length];
        for (int t = 0; t < hits.Length; t++)
            hits[t] = outcomes[t] < bounds[t];
        return hits;
    }

    /// <summary>outcome outside [lower, upper].</summary>
    public static bool[] Outside(ReadOnlySpan<double> outcomes, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        Check(outcomes, lower, nameof(lower));
        Check(outcomes, upper, nameof(upper));
        var hits = new bool[outcomes.Length];
        for (int t = 0; t < hits.Length; t++)
        {
            if (lower[t] > upper[t])
                throw new ArgumentException(
                    $"lower is {Guard.Text(lower[t])} and upper {Guard.Text(upper[t])} at index {t}; the lower bound " +
                    $"must not be above the upper.", nameof(upper));
            hits[t] = outcomes[t] < lower[t] || outcomes[t] > upper[t];
        }

        return hits;
    }

    private static void Check(ReadOnlySpan<double> outcomes, ReadOnlySpan<double> bounds, string name)
    {
        Guard.Series(outcomes, 1, nameof(outcomes));
        Guard.Finite(bounds, name);
        Guard.SameLength(outcomes, bounds, nameof(outcomes), name);
    }
}
