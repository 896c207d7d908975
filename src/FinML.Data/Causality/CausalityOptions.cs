namespace FinML.Data;

/// <summary>How an audit perturbs the future.</summary>
public sealed record CausalityOptions
{
    /// <summary>The rows after which everything changes; where left empty, <see cref="CutoffCount"/> rows spread over
    /// the panel.</summary>
    public IReadOnlyList<int> Cutoffs { get; init; } = [];

    /// <summary>How many cut-offs to spread where none are given. At least 1.</summary>
    public int CutoffCount { get; init; } = 5;

    /// <summary>The perturbations, at least one.</summary>
    public IReadOnlyList<Perturbation> Perturbations { get; init; } = [Perturbation.Scale, Perturbation.Random];

    /// <summary>The seed of the random factors.</summary>
    public ulong Seed { get; init; } = 20_000_103;

    /// <summary>How many violations to keep of each output and perturbed run, the earliest first. At least 1.</summary>
    public int MaximumViolations { get; init; } = 3;

    /// <summary>The cut-offs for a panel of that many rows, after a check of all ranges.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message says both.</exception>
    public IReadOnlyList<int> CutoffsFor(int rows)
    {
        if (rows < 2)
        {
            throw new ArgumentException($"An audit needs 2 or more rows; the panel has {rows}.", nameof(rows));
        }

        if (CutoffCount < 1 || MaximumViolations < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(CutoffCount), $"CutoffCount is {CutoffCount} and "
                + $"MaximumViolations {MaximumViolations}; both must be 1 or more.");
        }

        if (Perturbations.Count == 0 || Perturbations.Any(p => !Enum.IsDefined(p)))
        {
            throw new ArgumentException("At least one known perturbation is needed; got "
                + $"[{string.Join(", ", Perturbations)}].", nameof(Perturbations));
        }

        foreach (int cutoff in Cutoffs)
        {
            if (cutoff < 0 || cutoff > rows - 2)
            {
                throw new ArgumentOutOfRangeException(nameof(Cutoffs), cutoff,
                    $"A cut-off must be in [0, {rows - 2}]: at least one row of {rows} must come after it.");
            }
        }

        return Cutoffs.Count > 0
            ? Cutoffs
            : [.. Enumerable.Range(1,
            CutoffCount).Select(i => (int)((long)i * (rows - 1) / (CutoffCount + 1))).Distinct()];
    }
}
