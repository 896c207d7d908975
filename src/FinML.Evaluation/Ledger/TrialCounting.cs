namespace FinML.Evaluation;

/// <summary>Which number of trials a correction takes.</summary>
public enum TrialCounting
{
    /// <summary>Every trial: too severe where trials are alike, never too mild.</summary>
    Raw,

    /// <summary>One for every cluster of trials whose returns are alike: the mild end, as choosing within a cluster is
    /// not paid for.</summary>
    Effective,
}
