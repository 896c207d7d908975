namespace FinML.Statistics;

/// <summary>
/// Means of functions of short windows of a series (a lagged product, a power of a sum over h days), and of anything
/// that is computed from such means, by the blocks-of-blocks bootstrap: the windows, not the values, are resampled in
/// blocks, so that no product is formed across a seam. H. R. Kuensch (1989), section 2.4; D. N. Politis and J. P.
/// Romano (1992). A replicate costs O(blocks) a column, whatever the number of windows.
/// </summary>
public sealed class WindowMeans
{
    private readonly double[] _means; // (columns)
    private readonly double[][] _replicates; // (replicates, columns)
    private readonly int _count; // of windows
    private readonly BlockBootstrap _scheme;
    private readonly BootstrapOptions _options;

    private WindowMeans(
        double[] means, double[][] replicates, int count, BlockBootstrap scheme, BootstrapOptions options)
    {
        _count = count;
        _means = means;
        _replicates = replicates;
        _scheme = scheme;
        _options = options;
    }

    /// <summary>The mean of each column.</summary>
    public IReadOnlyList<double> Means => _means;

    /// <summary>Resamples the windows.</summary>
    /// <param name="columns">One or more functions of the windows, each with a finite value for every window, in time
    /// order; as many of one as of the others, 2 or more.</param>
    /// <param name="scheme">Blocks that are long beside the windows.</param>
    /// <param name="options">Number of replicates, level, seed; the method is Percentile or Basic.</param>
    /// <exception cref="ArgumentException">No column, lengths that differ, a value that is not finite, blocks longer
    /// than the series, or another method.</exception>
    public static WindowMeans Of(
        IReadOnlyList<double[]> columns, BlockBootstrap scheme, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(scheme);
        options ??= new BootstrapOptions();
        options.Validate();
        if (options.Method is not (BootstrapMethod.Percentile or BootstrapMethod.Basic))
            throw new ArgumentException(
                $"The method is {options.Method}; functions of window means have Percentile or Basic intervals.",
                nameof(options));
        if (columns.Count == 0)
            throw new ArgumentException("There are 0 columns; at least 1 is needed.", nameof(columns));
        int n = columns[0].Length, width = columns.Count;
        for (int c = 0; c < width; c++)
        {
            Guard.Series(columns[c], 2, $"column {c}");
            if (columns[c].Length != n)
                throw new ArgumentException(
                    $"Column {c} has {columns[c].Length} windows and column 0 has {n}; they must be aligned.",
                    nameof(columns));
        }

        scheme.RequireLength(n);
        double[] sums = PrefixSums(columns);
        var replicates = new double[options.Replicates][];
        scheme.ForEach(n, "window means", options, (workspace, replicate) =>
            replicates[replicate] = Resample(workspace, sums, n, width));
        return new WindowMeans(Array.ConvertAll(sums[(n * width)..], s => s / n), replicates, n, scheme, options);
    }

    /// <summary>An interval for a function of the means.</summary>
    /// <param name="name">What the result is labelled with.</param>
    /// <param name="function">Of the means, in the order of the columns.</param>
    /// <exception cref="InvalidOperationException">The function of the means, or of a resample, is not
    /// finite.</exception>
    public BootstrapInterval Interval(string name, SeriesFunction function)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(function);
        double estimate = function(_means);
        if (!double.IsFinite(estimate))
            throw new InvalidOperationException($"The {name} is {Guard.Text(estimate)}; it must be finite.");
        double[] values = Array.ConvertAll(_replicates, means => function(means));
        ReplicateLoop.RequireFinite(values, name, _count);
        return IntervalEnds.Make(name, estimate, values, _scheme.Name, _scheme.BlockLength, _options);
    }

    /// <summary>Row t holds the sums of the first t windows: (windows + 1, columns), row by row.</summary>
    private static double[] PrefixSums(IReadOnlyList<double[]> columns)
    {
        int n = columns[0].Length, width = columns.Count;
        if ((n + 1L) * width > Array.MaxLength)
            throw new ArgumentException(
                $"{width} columns of {n} windows are too many; at most {Array.MaxLength} numbers fit.",
                nameof(columns));
        var sums = new double[(n + 1) * width];
        for (int c = 0; c < width; c++)
        {
            double[] column = columns[c];
            double sum = 0;
            for (int t = 0; t < n; t++)
                sums[(t + 1) * width + c] = sum += column[t];
        }

        return sums;
    }

    private static double[] Resample(BootstrapWorkspace workspace, double[] sums, int n, int width)
    {
        var means = new double[width];
        for (int block = 0; block < workspace.Blocks; block++)
        {
            int start = workspace.Starts[block], end = start + workspace.Lengths[block];
            Add(means, sums, start, Math.Min(end, n), width);
            if (end > n)
                Add(means, sums, 0, end - n, width);
        }

        for (int c = 0; c < width; c++)
            means[c] /= workspace.Drawn;
        return means;
    }

    private static void Add(double[] means, double[] sums, int from, int to, int width)
    {
        ReadOnlySpan<double> low = sums.AsSpan(from * width, width), high = sums.AsSpan(to * width, width);
        for (int c = 0; c < means.Length; c++)
            means[c] += high[c] - low[c];
    }
}
