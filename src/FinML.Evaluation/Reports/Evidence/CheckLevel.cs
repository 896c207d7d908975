namespace FinML.Evaluation;

/// <summary>How much a check of the returns matters.</summary>
public enum CheckLevel
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>Look at it before believing a number.</summary>
    Warning,

    /// <summary>The returns are not what they are said to be: there is no verdict.</summary>
    Fatal,
}
