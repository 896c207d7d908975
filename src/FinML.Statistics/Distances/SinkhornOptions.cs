namespace FinML.Statistics;

/// <summary>Options of entropic optimal transport.</summary>
public sealed record SinkhornOptions
{
    /// <summary>
    /// epsilon, in the unit of the cost (for squared distances, that of the values squared), above 0. What is closer
    /// than its root is blurred; a hundredth of the typical cost is usual.
    /// </summary>
    public required double Regularisation { get; init; }

    /// <summary>Most iterations at the final epsilon, 1 or more.</summary>
    public int MaximumIterations { get; init; } = 10_000;

    /// <summary>Stops where the first marginal is off by this in all, sum |P 1 - a|.</summary>
    public double Tolerance { get; init; } = 1e-9;

    /// <summary>Throws where an option is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Says the range and the value.</exception>
    public void Validate()
    {
        Guard.Positive(Regularisation, nameof(Regularisation));
        Guard.AtLeast(MaximumIterations, 1, nameof(MaximumIterations));
        Guard.Positive(Tolerance, nameof(Tolerance));
    }
}
