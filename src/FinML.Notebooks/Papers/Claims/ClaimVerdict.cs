namespace FinML.Notebooks.Papers;

/// <summary>What became of a claim.</summary>
public enum ClaimVerdict
{
    /// <summary>Our value is the published one, within the tolerance.</summary>
    Reproduced,

    /// <summary>Our value lies outside the tolerance.</summary>
    Differs,

    /// <summary>No run has reported a value.</summary>
    NotRun,
}
