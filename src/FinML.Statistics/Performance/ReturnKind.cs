namespace FinML.Statistics;

/// <summary>What a return of 0.01 means for wealth.</summary>
public enum ReturnKind
{
    /// <summary>Wealth is multiplied by 1 + r.</summary>
    Simple,

    /// <summary>Wealth is multiplied by exp(r).</summary>
    Log,
}
