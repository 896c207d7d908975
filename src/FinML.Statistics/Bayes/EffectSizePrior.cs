namespace FinML.Statistics;

/// <summary>
/// Scale r of the Cauchy prior on the standardised effect size delta = (mean - null) / sigma of a t-test: half of the
/// prior lies between -r and r. Rouder, Speckman, Sun, Morey and Iverson (2009) took 1; the defaults of today are those
/// of Morey's BayesFactor and of JASP. Not the scale of a regression (<see cref="ZellnerSiowPrior"/>) nor of a
/// correlation (<see cref="CorrelationPrior"/>).
/// </summary>
public sealed record EffectSizePrior
{
    /// <summary>Makes a prior.</summary>
    /// <param name="scale">r, above 0.</param>
    public EffectSizePrior(double scale)
    {
        Guard.Positive(scale, nameof(scale));
        Scale = scale;
    }

    /// <summary>r = sqrt(2) / 2, the usual default.</summary>
    public static EffectSizePrior Medium { get; } = new(Math.Sqrt(0.5));

    /// <summary>r = 1, as in the paper of 2009.</summary>
    public static EffectSizePrior Wide { get; } = new(1);

    /// <summary>r = sqrt(2).</summary>
    public static EffectSizePrior UltraWide { get; } = new(Math.Sqrt(2));

    /// <summary>r.</summary>
    public double Scale { get; }
}
