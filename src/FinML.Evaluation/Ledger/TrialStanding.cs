namespace FinML.Evaluation;

/// <summary>Whether a trial was said before it was seen. Stamped when it is recorded, and never changed.</summary>
public enum TrialStanding
{
    /// <summary>What it shows is an idea for a test on fresh data, not a test:
    /// <see cref="TrialEntry.ExploratoryBecause"/> says why.</summary>
    Exploratory,

    /// <summary>It is one of the declared family of a registration that came before any trial on these data.</summary>
    Registered,
}
