namespace FinML.Statistics;

/// <summary>How the variance h of the next value answers the last error e, of variance h and z = e / sqrt(h).</summary>
public enum VolatilityKind
{
    /// <summary>omega + alpha e^2 + beta h: Bollerslev (1986).</summary>
    Garch,

    /// <summary>omega + (alpha + gamma [e &lt; 0]) e^2 + beta h: Glosten, Jagannathan and Runkle (1993).</summary>
    Gjr,

    /// <summary>ln h = omega + alpha (|z| - E|z|) + gamma z + beta ln h: Nelson (1991).</summary>
    Egarch,
}
