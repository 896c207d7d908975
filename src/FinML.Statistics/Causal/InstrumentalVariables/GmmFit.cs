namespace FinML.Statistics;

/// <summary>How a fit by moments ended.</summary>
public sealed record GmmFit
{
    /// <summary>How often the weights were made anew.</summary>
    public required GmmIteration Iteration { get; init; }

    /// <summary>n g'W g at the estimate, with the weights that it was minimised with; 0 but for rounding where the
    /// model is exactly identified.</summary>
    public required double Objective { get; init; }

    /// <summary>Hansen's test of the overidentifying restrictions; null where there are none.</summary>
    public required SpecificationTest? J { get; init; }

    /// <summary>Steps made.</summary>
    public required int Iterations { get; init; }

    /// <summary>False where the iteration or the search ended before its tolerance was reached: the estimate is then
    /// not what its name says.</summary>
    public required bool Converged { get; init; }

    /// <summary>How the covariance of the moments was estimated, in words.</summary>
    public required string Weighting { get; init; }
}
