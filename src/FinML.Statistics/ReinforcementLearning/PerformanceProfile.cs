namespace FinML.Statistics;

/// <summary>
/// The share of runs (or of tasks by their means) that score above each of some thresholds, with pointwise intervals by
/// the stratified bootstrap: Dolan and Moré (2002) as Agarwal et al. (2021) take them to scores. A curve that is above
/// another everywhere is stochastically better.
/// </summary>
public sealed record PerformanceProfile
{
    private const int MostThresholds = 1_000;
    private const long MostNumbers = 50_000_000;

    /// <summary>Name of the algorithm.</summary>
    public required string Algorithm { get; init; }

    /// <summary>Runs or tasks.</summary>
    public required ProfileKind Kind { get; init; }

    /// <summary>Scores, ascending.</summary>
    public required IReadOnlyList<double> Thresholds { get; init; }

    /// <summary>Share above each threshold; never rising.</summary>
    public required IReadOnlyList<double> Shares { get; init; }

    /// <summary>Lower ends, each at the level by itself.</summary>
    public required IReadOnlyList<double> Lower { get; init; }

    /// <summary>Upper ends.</summary>
    public required IReadOnlyList<double> Upper { get; init; }

    /// <summary>Nominal coverage at one threshold.</summary>
    public required double Level { get; init; }

    /// <summary>Number of resamples.</summary>
    public required int Replicates { get; init; }

    /// <summary>Seed of the generator.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Computes the curve.</summary>
    /// <param name="scores">Runs by task.</param>
    /// <param name="thresholds">1 to 1,000 of them, finite and rising.</param>
    /// <param name="kind">Runs (default) or tasks.</param>
    /// <param name="resampleTasks">True: the intervals are for other tasks like these, too.</param>
    /// <param name="options">Replicates, level, method (percentile or basic), seed, threads.</param>
    public static PerformanceProfile Of(
        RunScores scores,
        ReadOnlySpan<double> thresholds,
        ProfileKind kind = ProfileKind.Runs,
        bool resampleTasks = false,
        BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        options = StratifiedBootstrap.Checked(options);
        double[] taus = CheckedThresholds(thresholds);
        if (!Enum.IsDefined(kind))
            throw new ArgumentOutOfRangeException(nameof(kind), $"kind is {(int)kind}; it must be a named one.");
        if ((long)taus.Length * options.Replicates > MostNumbers)
            throw new ArgumentException(
                $"{taus.Length} thresholds times {options.Replicates} replicates are more than {MostNumbers} " +
                "numbers; take fewer of one.", nameof(options));

        var whole = new ScoreSample(scores);
        whole.TakeAll();
        var shares = new double[taus.Length];
        Count(whole, taus, kind, shares);
        double[][] drawn = [.. taus.Select(_ => new double[options.Replicates])]; // (thresholds, replicates)
        StratifiedBootstrap.Each(
            options,
            () => (Sample: new ScoreSample(scores), Shares: new double[taus.Length]),
            (own, draws, r) =>
            {
                own.Sample.Draw(draws, resampleTasks);
                Count(own.Sample, taus, kind, own.Shares);
                for (int t = 0; t < taus.Length; t++)
                    drawn[t][r] = own.Shares[t];
            });
        (double Lower, double Upper)[] ends = [.. drawn.Select((replicates, t) =>
        {
            Array.Sort(replicates);
            return IntervalEnds.Ends(replicates, shares[t], 0, options.Level, options.Method);
        })];
        return new PerformanceProfile
        {
            Algorithm = scores.Algorithm,
            Kind = kind,
            Thresholds = taus,
            Shares = shares,
            Lower = [.. ends.Select(end => end.Lower)],
            Upper = [.. ends.Select(end => end.Upper)],
            Level = options.Level,
            Replicates = options.Replicates,
            Seed = options.Seed,
        };
    }

    private static double[] CheckedThresholds(ReadOnlySpan<double> thresholds)
    {
        Guard.Series(thresholds, 1, nameof(thresholds));
        Guard.InRange(thresholds.Length, 1, MostThresholds, "The number of thresholds");
        for (int i = 1; i < thresholds.Length; i++)
        {
            if (!(thresholds[i] > thresholds[i - 1]))
                throw new ArgumentException(
                    $"thresholds is {Guard.Text(thresholds[i])} at index {i} after {Guard.Text(thresholds[i - 1])}; " +
                    "they must rise.", nameof(thresholds));
        }

        return thresholds.ToArray();
    }

    private static void Count(ScoreSample sample, double[] taus, ProfileKind kind, double[] shares)
    {
        if (kind == ProfileKind.TaskAverages)
        {
            for (int t = 0; t < taus.Length; t++)
            {
                int above = 0;
                foreach (double mean in sample.TaskMeans)
                    above += mean > taus[t] ? 1 : 0;
                shares[t] = above / (double)sample.TaskMeans.Length;
            }

            return;
        }

        int rank = 0, atOrBelow = 0;
        for (int t = 0; t < taus.Length; t++)
        {
            for (; rank < sample.Sorted.Length && sample.Sorted[rank] <= taus[t]; rank++)
                atOrBelow += sample.Times[rank];
            shares[t] = (sample.Total - atOrBelow) / (double)sample.Total;
        }
    }
}
