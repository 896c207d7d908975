namespace FinML.Markets;

/// <summary>What a rule takes for the last high and low.</summary>
public enum RuleExtreme
{
    /// <summary>The highest and the lowest of the closes before, as many as the window says.</summary>
    Range,

    /// <summary>The most recent close that is above (below) all of the closes right before it, as many as the window
    /// says.</summary>
    Turn,
}
