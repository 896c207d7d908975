namespace FinML.Statistics;

/// <summary>The result on an imagined data set.</summary>
public enum PseudoOutcome
{
    /// <summary>A difference of 0.</summary>
    Equivalent,

    /// <summary>The first is better by more than any real difference.</summary>
    FirstBetter,

    /// <summary>The second is better by more than any real difference.</summary>
    SecondBetter,
}
