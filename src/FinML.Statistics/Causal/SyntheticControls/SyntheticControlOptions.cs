namespace FinML.Statistics;

/// <summary>How a <see cref="SyntheticControl"/> is fitted.</summary>
public sealed record SyntheticControlOptions
{
    /// <summary>First period whose outcomes the fit is judged by; those before are left out.</summary>
    public int FitFrom { get; init; }

    /// <summary>One past the last period whose outcomes the fit is judged by; 0 for the period of the
    /// treatment.</summary>
    public int FitTo { get; init; }

    /// <summary>Importance of each predictor, 0 or more; empty to search for the one whose mixture fits the outcomes
    /// before the treatment best. The search is not convex: it starts from several points and keeps the best.</summary>
    public IReadOnlyList<double> Importance { get; init; } = [];

    /// <summary>Steps of the search from each start.</summary>
    public int MaximumSteps { get; init; } = 2000;
}
