namespace FinML.Statistics;

/// <summary>
/// Hill's tail index of the largest share of the values: the data are sorted once, a replicate counts how often each
/// value was drawn and walks down from the largest, O(n) without a sort or a logarithm.
/// </summary>
internal sealed class TailIndexStatistic : SampleStatistic
{
    private readonly double _share;

    internal TailIndexStatistic(double share)
        : base($"tail index of the largest {Guard.Text(share)}")
    {
        Guard.Between(share, 0, 1, nameof(share));
        _share = share;
    }

    public override double Evaluate(ReadOnlySpan<double> sample) =>
        HillEstimate.Of(sample, Count(sample.Length)).TailIndex;

    internal override BoundStatistic Bind(ReadOnlySpan<double> values, double blockLength) =>
        new Bound(this, values.ToArray());

    /// <summary>Of xi, the mean of ln X - ln u over the tail: 1{X &gt; u} (ln X - ln u - xi).</summary>
    internal override double[] Influence(ReadOnlySpan<double> values)
    {
        HillEstimate hill = HillEstimate.Of(values, Count(values.Length));
        return Array.ConvertAll(values.ToArray(), value =>
            value > hill.Threshold ? Math.Log(value / hill.Threshold) - hill.Shape : 0);
    }

    private int Count(int n) => (int)Math.Floor(_share * n);

    private sealed class Bound : BoundStatistic
    {
        private readonly TailIndexStatistic _statistic;
        private readonly double[] _logs; // of the values, from the largest; NaN for one that is not above 0
        private readonly int[] _order; // when they happened

        internal Bound(TailIndexStatistic statistic, double[] data)
            : base(statistic.Name, data.Length)
        {
            _statistic = statistic;
            Estimate = statistic.Evaluate(data);
            _order = [.. Enumerable.Range(0, data.Length)];
            Array.Sort(data, _order);
            Array.Reverse(data);
            Array.Reverse(_order);
            _logs = Array.ConvertAll(data, value => value > 0 ? Math.Log(value) : double.NaN);
        }

        internal override double Estimate { get; }

        internal override double Evaluate(BootstrapWorkspace workspace)
        {
            workspace.CountDraws();
            int[] counts = workspace.Counts;
            int tail = _statistic.Count(workspace.Drawn), left = tail, at = 0;
            double sum = 0;
            for (; left > 0; at++)
            {
                int drawn = Math.Min(counts[_order[at]], left);
                sum += drawn > 0 ? drawn * _logs[at] : 0;
                left -= drawn;
                if (left == 0 && counts[_order[at]] > drawn)
                    break;
            }

            // The next draw is the threshold: of the same value where it was drawn once more.
            while (counts[_order[at]] == 0)
                at++;
            return tail / (sum - tail * _logs[at]);
        }
    }
}
