namespace FinML.Statistics;

/// <summary>
/// Automatic block length for the mean of a dependent series: Politis and White (2004), "Automatic block-length
/// selection for the dependent bootstrap", with the correction of Patton, Politis and White (2009). With a statistic
/// other than the mean, the rule is applied to its influence values, whose mean it behaves like.
/// </summary>
public sealed record PolitisWhiteBlockLength
{
    /// <summary>Mean block length for the stationary bootstrap, at least 1.</summary>
    public required double Stationary { get; init; }

    /// <summary>Block length for the circular bootstrap, at least 1.</summary>
    public required double Circular { get; init; }

    /// <summary>The formula's answer for the stationary bootstrap; below 1 for nearly uncorrelated data.</summary>
    public required double StationaryUnclamped { get; init; }

    /// <summary>The formula's answer for the circular bootstrap; below 1 for nearly uncorrelated data.</summary>
    public required double CircularUnclamped { get; init; }

    /// <summary>M: the last lag that the flat-top window lets in.</summary>
    public required int Bandwidth { get; init; }

    /// <summary>Number of values.</summary>
    public required int Count { get; init; }

    /// <summary>Chooses the lengths.</summary>
    /// <param name="values">16 or more finite values that vary.</param>
    /// <param name="statistic">The statistic to be resampled; the mean where it is null.</param>
    public static PolitisWhiteBlockLength Select(ReadOnlySpan<double> values, SampleStatistic? statistic = null)
    {
        Guard.Series(values, 16, nameof(values));
        Guard.NotConstant(values, nameof(values));
        return Of(statistic is null ? values : statistic.Influence(values));
    }

    /// <summary>Chooses the lengths for a statistic of two series, by its influence values.</summary>
    /// <param name="first">16 or more finite values that vary.</param>
    /// <param name="second">As many, aligned with the first.</param>
    /// <param name="statistic">One of the named ones: any other has no influence values.</param>
    public static PolitisWhiteBlockLength Select(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, PairStatistic statistic)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        Guard.Series(first, 16, nameof(first));
        Guard.Series(second, 16, nameof(second));
        Guard.SameLength(first, second, nameof(first), nameof(second));
        Guard.NotConstant(first, nameof(first));
        Guard.NotConstant(second, nameof(second));
        double[] influence = statistic.Influence(first, second) ?? throw new ArgumentException(
            $"The {statistic.Name} is a function of unknown influence; choose the block length for each series.",
            nameof(statistic));
        Guard.NotConstant(influence, $"the influence of the {statistic.Name}");
        return Of(influence);
    }

    private static PolitisWhiteBlockLength Of(ReadOnlySpan<double> series)
    {
        int n = series.Length;
        int run = Math.Max(5, (int)Math.Floor(Math.Log10(n))); // K_N
        int largest = (int)Math.Ceiling(Math.Sqrt(n)) + run;
        double[] covariances = Autocorrelation.Autocovariances(series, largest);
        int? last = LastSignificantLag(series, run, largest);
        int bandwidth = last is null ? largest : Math.Min(2 * Math.Max(last.Value, 1), largest); // M

        // g = sum |k| lambda(k/M) gamma_k and the long-run variance sum lambda(k/M) gamma_k, over k from -M to M.
        double g = 0, longRun = covariances[0];
        for (int k = 1; k <= bandwidth; k++)
        {
            double window = FlatTop((double)k / bandwidth);
            g += 2 * window * k * covariances[k];
            longRun += 2 * window * covariances[k];
        }

        double ceiling = Math.Ceiling(Math.Min(3 * Math.Sqrt(n), n / 3.0));
        double stationary = Length(2 * longRun * longRun);
        double circular = Length(4.0 / 3 * longRun * longRun);
        return new PolitisWhiteBlockLength
        {
            Stationary = Math.Max(stationary, 1),
            Circular = Math.Max(circular, 1),
            StationaryUnclamped = stationary,
            CircularUnclamped = circular,
            Bandwidth = bandwidth,
            Count = n,
        };

        // (2 g^2 / D)^(1/3) n^(1/3); a long-run variance of 0 asks for the longest blocks there are.
        double Length(double d) => d > 0 ? Math.Min(Math.Cbrt(2 * g * g / d) * Math.Cbrt(n), ceiling) : ceiling;
    }

    /// <summary>
    /// m: the smallest lag after which K_N autocorrelations in a row are below 2 sqrt(log10(n) / n); null where there
    /// is none. Autocorrelations are normalised by the two segments' own sums of squares.
    /// </summary>
    private static int? LastSignificantLag(ReadOnlySpan<double> series, int run, int largest)
    {
        int n = series.Length;
        double mean = Moments.Of(series).Mean;
        double bound = 2 * Math.Sqrt(Math.Log10(n) / n);
        int inside = 0;
        for (int k = 0; k < largest; k++)
        {
            double cross = 0, head = 0, tail = 0;
            for (int t = k; t < n; t++)
                cross += (series[t] - mean) * (series[t - k] - mean);
            for (int t = k + 1; t < n; t++)
            {
                tail += (series[t] - mean) * (series[t] - mean);
                head += (series[t - k - 1] - mean) * (series[t - k - 1] - mean);
            }

            inside = Math.Abs(cross) < bound * Math.Sqrt(head * tail) ? inside + 1 : 0;
            if (inside >= run)
                return k + 1 - run;
        }

        return null;
    }

    /// <summary>lambda: 1 up to 1/2, then a straight line to 0 at 1 (Politis and Romano 1995).</summary>
    private static double FlatTop(double x) => x <= 0.5 ? 1 : 2 * (1 - x);
}
