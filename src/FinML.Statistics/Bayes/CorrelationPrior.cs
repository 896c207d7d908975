namespace FinML.Statistics;

/// <summary>
/// Prior on a correlation: beta(1 / kappa, 1 / kappa), stretched from (0, 1) to (-1, 1) (Ly, Verhagen and Wagenmakers
/// 2016). kappa = 1 is uniform; a smaller kappa expects correlations nearer to 0.
/// </summary>
public sealed record CorrelationPrior
{
    /// <summary>Makes a prior.</summary>
    /// <param name="kappa">Above 0; above 2 the prior piles up at -1 and 1.</param>
    public CorrelationPrior(double kappa)
    {
        Guard.Positive(kappa, nameof(kappa));
        Kappa = kappa;
    }

    /// <summary>kappa = 1: Jeffreys' choice, and the default of JASP and pingouin.</summary>
    public static CorrelationPrior Uniform { get; } = new(1);

    /// <summary>kappa = 1 / sqrt(3).</summary>
    public static CorrelationPrior Wide { get; } = new(1 / Math.Sqrt(3));

    /// <summary>kappa = 1 / 3: the default of BayesFactor's correlationBF.</summary>
    public static CorrelationPrior Medium { get; } = new(1.0 / 3);

    /// <summary>kappa.</summary>
    public double Kappa { get; }
}
