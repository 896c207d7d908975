namespace FinML.Evaluation;

/// <summary>What a record of returns supports.</summary>
public enum VerdictKind
{
    /// <summary>The returns are constant, or are not what they are said to be.</summary>
    NoVerdict,

    /// <summary>Too short for any: fewer returns than the report asks for, than the trials need, or than the size of
    /// the Sharpe ratio needs.</summary>
    InsufficientData,

    /// <summary>Significantly worse than the benchmark.</summary>
    Worse,

    /// <summary>No evidence of skill, and none that it beats the benchmark.</summary>
    NoEvidence,

    /// <summary>It made money, but nothing says that it beats the benchmark.</summary>
    NotBetter,

    /// <summary>No better than the best of so many trials is expected to look by luck.</summary>
    BestOfMany,

    /// <summary>All tests pass, but the t-statistic is below that of a discovery.</summary>
    Suggestive,

    /// <summary>All tests pass.</summary>
    Supported,
}
