namespace FinML.Statistics;

/// <summary>
/// A type-7 quantile, or the mean of the values up to it: the data are sorted once, a replicate counts how often each
/// value was drawn and walks up the sorted values, O(n) without a sort.
/// </summary>
internal sealed class QuantileStatistic : SampleStatistic
{
    private readonly double _probability;
    private readonly bool _tailLoss; // minus the mean of the values up to the quantile

    private QuantileStatistic(string name, double probability, bool tailLoss)
        : base(name)
    {
        _probability = probability;
        _tailLoss = tailLoss;
    }

    internal static QuantileStatistic ForQuantile(double probability)
    {
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(
                nameof(probability), $"probability is {Guard.Text(probability)}; it must be from 0 to 1.");
        return new QuantileStatistic($"{Guard.Text(probability)} quantile", probability, tailLoss: false);
    }

    internal static QuantileStatistic ForTailLoss(double tail)
    {
        Guard.Between(tail, 0, 1, nameof(tail));
        return new QuantileStatistic($"expected shortfall at {Guard.Text(tail)}", tail, tailLoss: true);
    }

    public override double Evaluate(ReadOnlySpan<double> sample) =>
        _tailLoss ? TailRisk.MeanLoss(sample, _probability) : Quantile.Type7(sample, _probability);

    internal override BoundStatistic Bind(ReadOnlySpan<double> values, double blockLength) =>
        new Bound(this, values.ToArray());

    /// <summary>
    /// p - 1{x &lt;= q} for the quantile but for the density there; (q - x) 1{x &lt;= q} / p for the mean beyond it.
    /// </summary>
    internal override double[] Influence(ReadOnlySpan<double> values)
    {
        double quantile = Quantile.Type7(values, _probability);
        var influence = new double[values.Length];
        for (int t = 0; t < influence.Length; t++)
        {
            bool below = values[t] <= quantile;
            influence[t] = _tailLoss
                ? below ? (quantile - values[t]) / _probability : 0
                : _probability - (below ? 1 : 0);
        }

        return influence;
    }

    private sealed class Bound : BoundStatistic
    {
        private readonly QuantileStatistic _statistic;
        private readonly double[] _sorted;
        private readonly int[] _order; // when the sorted values happened

        internal Bound(QuantileStatistic statistic, double[] data)
            : base(statistic.Name, data.Length)
        {
            _statistic = statistic;
            Estimate = statistic.Evaluate(data);
            _sorted = data;
            _order = [.. Enumerable.Range(0, data.Length)];
            Array.Sort(_sorted, _order);
        }

        internal override double Estimate { get; }

        internal override double Evaluate(BootstrapWorkspace workspace)
        {
            workspace.CountDraws();
            int[] counts = workspace.Counts;
            double h = (workspace.Drawn - 1) * _statistic._probability;
            int below = (int)Math.Floor(h), seen = 0, at = 0;

            // The order statistics number below and below + 1, counted from 0.
            while (seen + counts[_order[at]] <= below)
                seen += counts[_order[at++]];
            double low = _sorted[at], high = low;
            if (below + 1 < workspace.Drawn && seen + counts[_order[at]] <= below + 1)
            {
                int next = at + 1;
                while (counts[_order[next]] == 0)
                    next++;
                high = _sorted[next];
            }

            double quantile = low == high ? low : low + (h - below) * (high - low);
            return _statistic._tailLoss ? -MeanUpTo(quantile, counts) : quantile;
        }

        private double MeanUpTo(double quantile, int[] counts)
        {
            double sum = 0;
            int count = 0;
            for (int i = 0; i < _sorted.Length && _sorted[i] <= quantile; i++)
            {
                sum += counts[_order[i]] * _sorted[i];
                count += counts[_order[i]];
            }

            return sum / count;
        }
    }
}
