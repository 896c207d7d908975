namespace FinML.Statistics;

/// <summary>
/// Maximum drawdown and Calmar ratio of resampled returns. Stretches of 1, 2, 4, ... periods from every start are made
/// once; a replicate joins those that make up its blocks, in O(n / b log b).
/// </summary>
internal sealed class PathStatistic : SampleStatistic
{
    // Wealth that is lost altogether, in logs: a fall of 1 to the last digit, and sums of these stay finite.
    private const double Ruin = -700;

    private readonly ReturnKind _kind;
    private readonly double? _periodsPerYear; // null for the drawdown alone

    private PathStatistic(string name, ReturnKind kind, double? periodsPerYear)
        : base(name)
    {
        _kind = kind;
        _periodsPerYear = periodsPerYear;
    }

    internal static PathStatistic ForDrawdown(ReturnKind kind) => new("maximum drawdown", kind, null);

    internal static PathStatistic ForCalmar(ReturnKind kind, double periodsPerYear)
    {
        Guard.Positive(periodsPerYear, nameof(periodsPerYear));
        return new PathStatistic("Calmar ratio", kind, periodsPerYear);
    }

    public override double Evaluate(ReadOnlySpan<double> sample)
    {
        WealthSegment whole = default;
        foreach (double value in sample)
            whole = whole.Then(WealthSegment.Of(LogGrowth(value, _kind)));
        return From(whole, sample.Length);
    }

    internal override BoundStatistic Bind(ReadOnlySpan<double> values, double blockLength) =>
        new Bound(this, values, blockLength);

    /// <summary>A path has no influence values; the log growth stands in for them.</summary>
    internal override double[] Influence(ReadOnlySpan<double> values) =>
        Array.ConvertAll(values.ToArray(), value => LogGrowth(value, _kind));

    /// <summary>ln(1 + r), or r itself where it is a log return.</summary>
    internal static double LogGrowth(double value, ReturnKind kind)
    {
        if (kind == ReturnKind.Log)
            return value;
        return value >= -1
            ? Math.Max(Math.Log(1 + value), Ruin)
            : throw new ArgumentException(
                $"A simple return is {Guard.Text(value)}; it must be -1 (all is lost) or more.", nameof(value));
    }

    private double From(in WealthSegment path, int count)
    {
        double depth = 1 - Math.Exp(-path.Fall);
        return _periodsPerYear is { } periods ? (Math.Exp(path.Change * periods / count) - 1) / depth : depth;
    }

    private sealed class Bound : BoundStatistic
    {
        private readonly PathStatistic _statistic;
        private readonly WealthSegment[][] _stretches; // [k][start]: 2^k periods of the circle from start on

        internal Bound(PathStatistic statistic, ReadOnlySpan<double> values, double blockLength)
            : base(statistic.Name, values.Length)
        {
            _statistic = statistic;
            Estimate = statistic.Evaluate(values);
            int n = values.Length;

            // Blocks of more than 4 mean lengths are rare; they take several of the longest stretches.
            int levels = 1;
            while (1 << levels <= Math.Min(n, 4 * blockLength))
                levels++;
            _stretches = new WealthSegment[levels][];
            _stretches[0] = Array.ConvertAll(
                values.ToArray(), value => WealthSegment.Of(LogGrowth(value, statistic._kind)));
            for (int k = 1; k < levels; k++)
            {
                WealthSegment[] half = _stretches[k - 1], whole = _stretches[k] = new WealthSegment[n];
                for (int start = 0; start < n; start++)
                    whole[start] = half[start].Then(half[(start + (1 << (k - 1))) % n]);
            }
        }

        internal override double Estimate { get; }

        internal override double Evaluate(BootstrapWorkspace workspace)
        {
            WealthSegment path = default;
            for (int block = 0; block < workspace.Blocks; block++)
            {
                int start = workspace.Starts[block], left = workspace.Lengths[block];
                for (int k = _stretches.Length - 1; left > 0; k--)
                {
                    for (; left >= 1 << k; left -= 1 << k)
                    {
                        path = path.Then(_stretches[k][start]);
                        start = (start + (1 << k)) % Count;
                    }
                }
            }

            return _statistic.From(path, workspace.Drawn);
        }
    }
}
