namespace FinML.Statistics;

/// <summary>
/// The autocorrelation of |r|^d at one lag as a function of the power d: largest near d = 1 rather than at d = 2 in
/// returns of markets. S. J. Taylor (1986); Z. Ding, C. W. J. Granger and R. F. Engle (1993), section 3.
/// </summary>
public sealed class TaylorEffect
{
    private readonly WindowMeans _means;
    private readonly double[] _powers;

    private TaylorEffect(WindowMeans means, double[] powers, int lag)
    {
        (_means, _powers, Lag) = (means, powers, lag);
        Correlations = Curve([.. means.Means]);
    }

    /// <summary>d, increasing.</summary>
    public IReadOnlyList<double> Powers => _powers;

    /// <summary>The autocorrelation of |r|^d for each power.</summary>
    public IReadOnlyList<double> Correlations { get; }

    /// <summary>k.</summary>
    public int Lag { get; }

    /// <summary>Computes the curve.</summary>
    /// <param name="returns">Finite, not constant in size.</param>
    /// <param name="powers">Three or more, above 0, increasing.</param>
    /// <param name="lag">1 or more, below the number of returns.</param>
    /// <param name="scheme">Blocks, long beside the dependence.</param>
    /// <param name="options">Number of replicates, level and seed.</param>
    public static TaylorEffect Of(ReadOnlySpan<double> returns, IEnumerable<double> powers, int lag,
        BlockBootstrap scheme, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(powers);
        Guard.Series(returns, 3, nameof(returns));
        Guard.InRange(lag, 1, returns.Length - 1, nameof(lag));
        double[] d = [.. powers], sizes = Array.ConvertAll(returns.ToArray(), Math.Abs);
        Guard.NotConstant(sizes, "|returns|");
        if (d.Length < 3)
            throw new ArgumentException(
                $"There are {d.Length} powers; at least 3 are needed for a maximum.", nameof(powers));
        for (int i = 0; i < d.Length; i++)
        {
            Guard.Positive(d[i], nameof(powers));
            if (i > 0 && d[i] <= d[i - 1])
                throw new ArgumentException(
                    $"The powers must increase; {Guard.Text(d[i])} follows {Guard.Text(d[i - 1])}.", nameof(powers));
        }

        double scale = 1 / Moments.Of(sizes).Mean;
        int n = sizes.Length;
        var columns = new List<double[]>(3 * d.Length);
        foreach (double power in d)
        {
            double[] raised = Array.ConvertAll(sizes, size => Math.Pow(size * scale, power));
            double mean = Moments.Of(raised).Mean;
            double[] deviations = Array.ConvertAll(raised, x => x - mean), products = new double[n];
            for (int t = 0; t < n - lag; t++)
                products[t] = deviations[t] * deviations[t + lag];
            columns.AddRange([deviations, Array.ConvertAll(deviations, x => x * x), products]);
        }

        return new TaylorEffect(WindowMeans.Of(columns, scheme, options), d, lag);
    }

    /// <summary>The interval of the autocorrelation for each power, each for itself.</summary>
    public BootstrapInterval[] Intervals() => [.. _powers.Select((power, i) =>
        _means.Interval($"autocorrelation of |r|^{Guard.Text(power)} at lag {Lag}", means => Correlation(means, i)))];

    /// <summary>The power with the largest autocorrelation: the vertex of the parabola through the largest and its two
    /// neighbours; the first or last power where that is the largest.</summary>
    public BootstrapInterval BestPower() =>
        _means.Interval($"power of the largest autocorrelation at lag {Lag}", means => Vertex(Curve(means)));

    /// <summary>The autocorrelation of |r|^first less that of |r|^second, both among the powers.</summary>
    public BootstrapInterval Difference(double first, double second)
    {
        int a = Array.IndexOf(_powers, first), b = Array.IndexOf(_powers, second);
        if (a < 0 || b < 0)
            throw new ArgumentException($"The power {Guard.Text(a < 0 ? first : second)} is not among the "
                + $"{_powers.Length} computed, {Guard.Text(_powers[0])} to {Guard.Text(_powers[^1])}.");
        return _means.Interval($"autocorrelation of |r|^{Guard.Text(first)} less |r|^{Guard.Text(second)}",
            means => Correlation(means, a) - Correlation(means, b));
    }

    private double[] Curve(ReadOnlySpan<double> means)
    {
        var curve = new double[_powers.Length];
        for (int i = 0; i < curve.Length; i++)
            curve[i] = Correlation(means, i);
        return curve;
    }

    private static double Correlation(ReadOnlySpan<double> means, int i)
    {
        double mean = means[3 * i];
        return (means[3 * i + 2] - mean * mean) / (means[3 * i + 1] - mean * mean);
    }

    private double Vertex(double[] curve)
    {
        int best = Array.IndexOf(curve, curve.Max());
        if (best == 0 || best == curve.Length - 1)
            return _powers[best];

        // Newton's divided differences of the three points.
        double left = _powers[best - 1], middle = _powers[best], right = _powers[best + 1];
        double first = (curve[best] - curve[best - 1]) / (middle - left);
        double second = ((curve[best + 1] - curve[best]) / (right - middle) - first) / (right - left);
        return second < 0 ? (left + middle - first / second) / 2 : middle;
    }
}
