namespace FinML.Statistics;

/// <summary>How the interval of a tail risk is made.</summary>
public enum TailInterval
{
    /// <summary>All values whose profile likelihood is not rejected by the likelihood-ratio test: asymmetric, as tail
    /// risks are. Of fits by maximum likelihood.</summary>
    Profile,

    /// <summary>Estimate plus and minus normal quantiles of its delta-method standard error.</summary>
    Delta,
}
