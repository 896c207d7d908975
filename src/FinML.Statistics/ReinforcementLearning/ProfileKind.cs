namespace FinML.Statistics;

/// <summary>Whose scores a performance profile counts.</summary>
public enum ProfileKind
{
    /// <summary>Runs: the share of all runs of all tasks above a score. Unbiased, and the steadier one.</summary>
    Runs,

    /// <summary>Tasks: the share of tasks whose mean score is above a score.</summary>
    TaskAverages,
}
