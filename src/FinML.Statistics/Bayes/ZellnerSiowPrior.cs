namespace FinML.Statistics;

/// <summary>
/// The prior of Zellner and Siow (1980): g is inverse gamma(1/2, r^2 n / 2), so that the standardised slopes have a
/// multivariate Cauchy prior of scale r. Liang et al. (2008) take r = 1, Rouder and Morey (2012), "Default Bayes
/// factors for model selection in regression", a smaller one. The scale is that of a regression: for one dichotomous
/// predictor it is half of the <see cref="EffectSizePrior"/> of the t-test that asks the same.
/// </summary>
public sealed class ZellnerSiowPrior : MixtureGPrior
{
    /// <summary>Makes a prior.</summary>
    /// <param name="scale">r, above 0.</param>
    public ZellnerSiowPrior(double scale)
    {
        Guard.Positive(scale, nameof(scale));
        R = scale;
    }

    /// <summary>r = sqrt(2) / 4, the default of BayesFactor's regressionBF.</summary>
    public static ZellnerSiowPrior Medium { get; } = new(Math.Sqrt(2) / 4);

    /// <summary>r = 1/2.</summary>
    public static ZellnerSiowPrior Wide { get; } = new(0.5);

    /// <summary>r = sqrt(2) / 2.</summary>
    public static ZellnerSiowPrior UltraWide { get; } = new(Math.Sqrt(0.5));

    /// <summary>r = 1, the prior of 1980.</summary>
    public static ZellnerSiowPrior Unit { get; } = new(1);

    /// <summary>r.</summary>
    public double R { get; }

    /// <inheritdoc/>
    public override string Name => $"Zellner-Siow, r = {Guard.Text(R)}";

    private protected override double Scale(int count) => R * R * count;

    private protected override double LogDensity(double u, double g, int count)
    {
        double rate = 0.5 * R * R * count;
        return 0.5 * Math.Log(rate / Math.PI) - 0.5 * u - rate / g;
    }
}
