namespace FinML.Statistics;

/// <summary>The distribution of the regime of the first value.</summary>
public enum InitialRegime
{
    /// <summary>The long-run shares of the chain.</summary>
    Stationary,

    /// <summary>Estimated with the rest, as Hamilton (1990): the likelihood puts it on one regime. Without
    /// autoregression.</summary>
    Estimated,
}
