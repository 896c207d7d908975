using FinML.Shared;

namespace FinML.Statistics;

/// <summary>
/// Residual bootstrap of an autoregression (the sieve of Bühlmann 1997): an AR(p) by Yule and Walker, which is always
/// stationary, then new series of the same length from its centred residuals drawn with replacement. For series whose
/// dependence is linear; volatility that clusters is lost, and blocks keep it.
/// </summary>
public sealed class AutoregressiveBootstrap
{
    private const int BurnIn = 200;

    /// <param name="order">p, 0 or more; null to let Akaike's criterion choose up to 10 log10(n).</param>
    public AutoregressiveBootstrap(int? order = null)
    {
        if (order is { } given)
            Guard.AtLeast(given, 0, nameof(order));
        Order = order;
    }

    /// <summary>p; null where it is chosen from the data.</summary>
    public int? Order { get; }

    /// <summary>A confidence interval for the statistic, percentile or basic.</summary>
    /// <param name="values">16 or more finite values that vary, more than twice the order.</param>
    /// <param name="statistic">What to compute.</param>
    /// <param name="options">Level, method, number of replicates, seed and threads.</param>
    public BootstrapInterval Interval(
        ReadOnlySpan<double> values, SampleStatistic statistic, BootstrapOptions? options = null)
    {
        options ??= new BootstrapOptions();
        options.Validate();
        ArgumentNullException.ThrowIfNull(statistic);
        if (options.Method is BootstrapMethod.Bca or BootstrapMethod.Studentised)
            throw new ArgumentException(
                $"Method is {options.Method}; the autoregressive bootstrap has Percentile and Basic intervals.",
                nameof(options));
        (double[] phi, double[] residuals) = Fit(values);
        BoundStatistic bound = statistic.Bind(values, 1);
        bound.RequireEstimate();
        double[] replicates = Replicates(values, phi, residuals, statistic, options);
        return IntervalEnds.Make(
            bound, bound.Estimate, replicates, 0, $"autoregressive bootstrap of order {phi.Length}", 1, options);
    }

    /// <summary>The statistic of every new series, by number of the replicate.</summary>
    /// <inheritdoc cref="Interval" path="/param"/>
    public double[] Replicates(
        ReadOnlySpan<double> values, SampleStatistic statistic, BootstrapOptions? options = null)
    {
        options ??= new BootstrapOptions();
        options.Validate();
        ArgumentNullException.ThrowIfNull(statistic);
        (double[] phi, double[] residuals) = Fit(values);
        return Replicates(values, phi, residuals, statistic, options);
    }

    /// <summary>The coefficients and the centred residuals.</summary>
    internal (double[] Phi, double[] Residuals) Fit(ReadOnlySpan<double> values)
    {
        Guard.Series(values, 16, nameof(values));
        Guard.NotConstant(values, nameof(values));
        int n = values.Length, highest = Order ?? Math.Min((int)(10 * Math.Log10(n)), n / 4);
        if (2 * highest >= n)
            throw new ArgumentException(
                $"The order is {highest} and the series has {n} values; it needs more than twice the order.",
                nameof(values));
        double[] phi = YuleWalker(Autocorrelation.Autocovariances(values, highest), n, choose: Order is null);
        double mean = Moments.Of(values).Mean;
        var residuals = new double[n - phi.Length];
        for (int t = phi.Length; t < n; t++)
        {
            double residual = values[t] - mean;
            for (int j = 0; j < phi.Length; j++)
                residual -= phi[j] * (values[t - 1 - j] - mean);
            residuals[t - phi.Length] = residual;
        }

        double centre = residuals.Average();
        for (int t = 0; t < residuals.Length; t++)
            residuals[t] -= centre;
        return (phi, residuals);
    }

    /// <summary>Levinson and Durbin, keeping the order with the least n ln(variance) + 2 p, or the last.</summary>
    private static double[] YuleWalker(double[] gamma, int n, bool choose)
    {
        double[] phi = [], best = [];
        double variance = gamma[0], least = n * Math.Log(variance);
        for (int p = 1; p < gamma.Length; p++)
        {
            double partial = gamma[p];
            for (int j = 0; j < phi.Length; j++)
                partial -= phi[j] * gamma[p - 1 - j];
            partial /= variance;
            var next = new double[p];
            for (int j = 0; j < phi.Length; j++)
                next[j] = phi[j] - partial * phi[phi.Length - 1 - j];
            next[p - 1] = partial;
            phi = next;
            variance *= 1 - partial * partial;
            double criterion = n * Math.Log(variance) + 2 * p;
            if (criterion < least)
                (least, best) = (criterion, phi);
        }

        return choose ? best : phi;
    }

    private static double[] Replicates(
        ReadOnlySpan<double> values,
        double[] phi,
        double[] residuals,
        SampleStatistic statistic,
        BootstrapOptions options)
    {
        int n = values.Length;
        double mean = Moments.Of(values).Mean;
        var results = new double[options.Replicates];
        ReplicateLoop.Run(options, statistic.Name, () => new double[n + BurnIn], (series, replicate) =>
        {
            for (int t = 0; t < series.Length; t++)
            {
                (uint word, _, _, _) = Philox4x32.Block((ulong)t, (ulong)replicate, options.Seed);
                double value = residuals[(int)((word * (ulong)residuals.Length) >> 32)];
                for (int j = 0; j < phi.Length && j < t; j++)
                    value += phi[j] * series[t - 1 - j];
                series[t] = value;
            }

            var sample = new double[n];
            for (int t = 0; t < n; t++)
                sample[t] = mean + series[BurnIn + t];
            results[replicate] = statistic.Evaluate(sample);
        });
        ReplicateLoop.RequireFinite(results, statistic.Name, n);
        return results;
    }
}
