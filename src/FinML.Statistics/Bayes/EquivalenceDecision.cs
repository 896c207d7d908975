namespace FinML.Statistics;

/// <summary>What a comparison of two models concludes.</summary>
public enum EquivalenceDecision
{
    /// <summary>No probability is high enough: more data sets are needed.</summary>
    Undecided,

    /// <summary>The first is better by more than the ROPE.</summary>
    FirstBetter,

    /// <summary>The two differ by less than the ROPE.</summary>
    Equivalent,

    /// <summary>The second is better by more than the ROPE.</summary>
    SecondBetter,
}
