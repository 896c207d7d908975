namespace FinML.Statistics;

/// <summary>Which scores are the good ones.</summary>
public enum ScoreOrientation
{
    /// <summary>As returns and rewards.</summary>
    HigherIsBetter,

    /// <summary>As losses, regrets and times.</summary>
    LowerIsBetter,
}
