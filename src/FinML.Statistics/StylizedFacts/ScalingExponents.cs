namespace FinML.Statistics;

/// <summary>
/// The structure function: E |r_t + ... + r_{t+h-1}|^q ~ h^zeta(q), by least squares of logarithms over the horizons.
/// A random walk has zeta(q) = q / 2, a straight line; intermittent returns, whose bursts of activity have no scale,
/// have a concave zeta. Moments above the tail index do not exist, and their exponents say nothing. B. B. Mandelbrot,
/// A. Fisher and L. Calvet (1997).
/// </summary>
public sealed class ScalingExponents
{
    private readonly WindowMeans _means;
    private readonly double[] _powers, _weights;
    private readonly int[] _horizons;

    private ScalingExponents(WindowMeans means, double[] powers, int[] horizons)
    {
        (_means, _powers, _horizons) = (means, powers, horizons);

        // The slope of a line is a weighted sum of its ordinates.
        double[] x = [.. horizons.Select(h => Math.Log(h))];
        double mean = x.Average(), spread = x.Sum(value => (value - mean) * (value - mean));
        _weights = Array.ConvertAll(x, value => (value - mean) / spread);
    }

    /// <summary>q.</summary>
    public IReadOnlyList<double> Powers => _powers;

    /// <summary>h.</summary>
    public IReadOnlyList<int> Horizons => _horizons;

    /// <summary>Computes the exponents.</summary>
    /// <param name="returns">Logarithmic, finite, with their mean taken off first where there is a drift.</param>
    /// <param name="powers">One or more, above 0.</param>
    /// <param name="horizons">Two or more, increasing, from 1 to half of the number of returns.</param>
    /// <param name="scheme">Blocks, long beside the longest horizon.</param>
    /// <param name="options">Number of replicates, level and seed.</param>
    public static ScalingExponents Of(ReadOnlySpan<double> returns, IEnumerable<double> powers,
        IEnumerable<int> horizons, BlockBootstrap scheme, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(powers);
        ArgumentNullException.ThrowIfNull(horizons);
        Guard.Series(returns, 4, nameof(returns));
        Guard.NotConstant(returns, nameof(returns));
        double[] q = [.. powers];
        int[] spans = [.. horizons];
        if (q.Length == 0 || spans.Length < 2)
            throw new ArgumentException(
                $"There are {q.Length} powers and {spans.Length} horizons; at least 1 and 2 are needed.",
                nameof(horizons));
        foreach (double power in q)
            Guard.Positive(power, nameof(powers));
        for (int i = 0; i < spans.Length; i++)
        {
            Guard.InRange(spans[i], 1, returns.Length / 2, nameof(horizons));
            if (i > 0 && spans[i] <= spans[i - 1])
                throw new ArgumentException(
                    $"The horizons must increase; {spans[i]} follows {spans[i - 1]}.", nameof(horizons));
        }

        double scale = 1 / Moments.Of(returns).StandardDeviation(0);
        int windows = returns.Length - spans[^1] + 1;
        var columns = new List<double[]>(q.Length * spans.Length);
        foreach (int h in spans)
        {
            double[] sums = AggregatedMoments.OverlappingSums(returns, h, windows);
            foreach (double power in q)
                columns.Add(Array.ConvertAll(sums, s => Math.Pow(Math.Abs(s) * scale, power)));
        }

        return new ScalingExponents(WindowMeans.Of(columns, scheme, options), q, spans);
    }

    /// <summary>zeta(q) for each power.</summary>
    public BootstrapInterval[] Zeta() => [.. _powers.Select((power, i) =>
        _means.Interval($"zeta({Guard.Text(power)})", means => Slope(means, i)))];

    /// <summary>How far zeta is from a line through the origin: q2 zeta(q1) / q1 - zeta(q2) for the first and the last
    /// power; 0 for a random walk, above 0 for intermittent returns.</summary>
    /// <exception cref="InvalidOperationException">There is one power.</exception>
    public BootstrapInterval Concavity()
    {
        int last = _powers.Length - 1;
        if (last == 0)
            throw new InvalidOperationException("There is 1 power; at least 2 are needed for a concavity.");
        return _means.Interval("concavity of zeta",
            means => _powers[last] / _powers[0] * Slope(means, 0) - Slope(means, last));
    }

    private double Slope(ReadOnlySpan<double> means, int power)
    {
        double slope = 0;
        for (int i = 0; i < _horizons.Length; i++)
            slope += _weights[i] * Math.Log(means[i * _powers.Length + power]);
        return slope;
    }
}
