namespace FinML.Statistics;

/// <summary>
/// The middle of a posterior distribution: equal probability is left out on each side. It assumes that the alternative
/// is true; how far it is, the Bayes factor says.
/// </summary>
/// <param name="Quantity">What the posterior is of.</param>
/// <param name="Median">Of the posterior.</param>
/// <param name="Lower">Its (1 - level) / 2 quantile.</param>
/// <param name="Upper">Its (1 + level) / 2 quantile.</param>
/// <param name="Level">Posterior probability between the ends.</param>
public sealed record CredibleInterval(string Quantity, double Median, double Lower, double Upper, double Level)
{
    /// <summary>True where <paramref name="value"/> lies inside, ends included.</summary>
    public bool Contains(double value) => value >= Lower && value <= Upper;

    /// <summary>From the quantile function of the posterior.</summary>
    internal static CredibleInterval Of(string quantity, double level, Func<double, double> quantile)
    {
        Guard.Between(level, 0, 1, nameof(level));
        return new CredibleInterval(
            quantity, quantile(0.5), quantile(0.5 * (1 - level)), quantile(0.5 * (1 + level)), level);
    }
}
