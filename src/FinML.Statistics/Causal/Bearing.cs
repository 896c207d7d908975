namespace FinML.Statistics;

/// <summary>What a diagnostic says about the assumption that it stands under.</summary>
public enum Bearing
{
    /// <summary>What one would see if the assumption held; never a proof that it does.</summary>
    Supports,

    /// <summary>What one would hardly see if the assumption held.</summary>
    Contradicts,

    /// <summary>A number for the reader's judgement: no common threshold divides good from bad.</summary>
    Undecided,
}
