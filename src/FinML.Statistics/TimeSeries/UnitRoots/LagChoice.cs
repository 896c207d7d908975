namespace FinML.Statistics;

/// <summary>How the number of lagged differences of a Dickey-Fuller regression is chosen.</summary>
public enum LagChoice
{
    /// <summary>The largest one.</summary>
    Fixed,

    /// <summary>The smallest criterion of Akaike over one sample.</summary>
    Aic,

    /// <summary>The smallest criterion of Schwarz over one sample.</summary>
    Bic,

    /// <summary>From the largest down to the first whose last lag is significant, |t| of 1.645 or more: Ng and Perron
    /// (1995).</summary>
    LastSignificant,
}
