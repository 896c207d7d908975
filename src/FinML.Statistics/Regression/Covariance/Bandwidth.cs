namespace FinML.Statistics;

/// <summary>How far in time dependence is allowed for: given, or chosen from the data.</summary>
public sealed class Bandwidth
{
    private readonly double _value;

    private Bandwidth(BandwidthRule rule, double value = 0)
    {
        (Rule, _value) = (rule, value);
    }

    /// <summary>
    /// Andrews (1991), AR(1) plug-in, as R's bwAndrews: 1.1447 (alpha_1 n)^(1/3) for Bartlett, c (alpha_2 n)^(1/5)
    /// with c = 2.6614 (Parzen), 1.3221 (quadratic spectral), .6611 (truncated). The intercept's scores have weight 0,
    /// the others 1.
    /// </summary>
    public static Bandwidth Andrews { get; } = new(BandwidthRule.Andrews);

    /// <summary>
    /// Newey and West (1994), non-parametric, as R's bwNeweyWest; for Bartlett the lag is rounded down, as in R's
    /// NeweyWest. Not for the truncated kernel.
    /// </summary>
    public static Bandwidth NeweyWest1994 { get; } = new(BandwidthRule.NeweyWest1994);

    internal BandwidthRule Rule { get; }

    /// <summary>The last lag with weight above 0: bandwidth lags + 1 (Bartlett, Parzen) or lags (truncated).</summary>
    public static Bandwidth Lags(int lags)
    {
        Guard.AtLeast(lags, 0, nameof(lags));
        return new Bandwidth(BandwidthRule.Lags, lags);
    }

    /// <summary>
    /// The rule of thumb floor(4 (n / 100)^(2/9)) for the Bartlett kernel, of Newey and West (1994), table II C, as in
    /// EViews.
    /// </summary>
    public static Bandwidth RuleOfThumb(int observations) => Lags(RuleOfThumbLags(observations));

    /// <summary>The number that lags are divided by.</summary>
    public static Bandwidth Fixed(double value)
    {
        Guard.Positive(value, nameof(value));
        return new Bandwidth(BandwidthRule.Fixed, value);
    }

    internal static int RuleOfThumbLags(int observations)
    {
        Guard.AtLeast(observations, 2, nameof(observations));
        return (int)Math.Floor(4 * Math.Pow(observations / 100.0, 2.0 / 9));
    }

    /// <summary>The bandwidth for these scores (<paramref name="whitened"/> where a VAR(1) took the first
    /// row).</summary>
    internal double For(HacKernel kernel, double[] scores, int columns, int interceptColumn, bool whitened) =>
        Rule switch
        {
            BandwidthRule.Lags => FromLags(kernel, scores.Length / columns),
            BandwidthRule.Fixed => _value,
            BandwidthRule.Andrews => BandwidthSelection.Andrews(kernel, scores, columns, interceptColumn),
            _ => BandwidthSelection.NeweyWest(kernel, scores, columns, interceptColumn, whitened),
        };

    private double FromLags(HacKernel kernel, int rows)
    {
        if (kernel == HacKernel.QuadraticSpectral)
            throw new ArgumentException(
                $"{_value} lags were asked for, and the quadratic spectral kernel has no last lag; give it " +
                $"Bandwidth.Fixed or an automatic bandwidth.");
        if (_value >= rows)
            throw new ArgumentException($"{_value} lags were asked for of {rows} rows; the lags must be fewer.");
        return kernel == HacKernel.Truncated ? _value : _value + 1;
    }
}
