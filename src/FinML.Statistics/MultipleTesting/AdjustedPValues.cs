namespace FinML.Statistics;

/// <summary>P-values corrected for their number: hypothesis i is rejected at level alpha where
/// <see cref="Adjusted"/>[i] &lt;= alpha.</summary>
public sealed record AdjustedPValues
{
    /// <summary>Name of the correction.</summary>
    public required string Method { get; init; }

    /// <summary>What it keeps below the level.</summary>
    public required ErrorRate Controls { get; init; }

    /// <summary>The dependence between the tests under which it does.</summary>
    public required string Assumption { get; init; }

    /// <summary>As given, in the order given.</summary>
    public required IReadOnlyList<double> PValues { get; init; }

    /// <summary>The smallest level at which each is rejected, at most 1, in the order given.</summary>
    public required IReadOnlyList<double> Adjusted { get; init; }

    /// <summary>The indices of the hypotheses that are rejected at the level, in the order given.</summary>
    /// <param name="alpha">Above 0 and below 1.</param>
    public IReadOnlyList<int> Rejected(double alpha = 0.05)
    {
        Guard.Between(alpha, 0, 1, nameof(alpha));
        return [.. Enumerable.Range(0, Adjusted.Count).Where(i => Adjusted[i] <= alpha)];
    }
}
