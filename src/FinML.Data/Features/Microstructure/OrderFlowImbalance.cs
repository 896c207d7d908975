namespace FinML.Data.Features;

/// <summary>
/// The order flow imbalance of the last n changes of the best quotes, in units of the mean depth: sum e / sum d with
/// e = [Pb >= Pb'] qb - [Pb &lt;= Pb'] qb' - [Pa &lt;= Pa'] qa + [Pa >= Pa'] qa', the primes meaning the row before,
/// and d = (qb + qa) / 2. Positive where buyers push. Reads bid, bid_size, ask, ask_size. Lookback n.
/// Source: R. Cont, A. Kukanov and S. Stoikov, "The price impact of order book events", Journal of Financial
/// Econometrics 12 (2014).
/// </summary>
public sealed class OrderFlowImbalance : StreamingFeature
{
    /// <summary>The imbalance over the last <paramref name="n"/> rows (1 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public OrderFlowImbalance(int n = 50)
        : base($"order_flow_imbalance_{n}", FeatureGuard.AtLeast(n, 1, nameof(n)), "bid", "bid_size", "ask", "ask_size")
    {
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(Lookback, firstRow), Fields, firstRow);

    private struct State(int n, long firstRow) : IFeatureState
    {
        private SlidingWindow<SumPair> _sums = new(n, firstRow);
        private double _bid = double.NaN;
        private double _bidSize = double.NaN;
        private double _ask = double.NaN;
        private double _askSize = double.NaN;

        public double Next(in FeatureRow row)
        {
            double bid = row[0], bidSize = row[1], ask = row[2], askSize = row[3];
            double flow = (bid >= _bid ? bidSize : 0) - (bid <= _bid ? _bidSize : 0)
                - (ask <= _ask ? askSize : 0) + (ask >= _ask ? _askSize : 0);
            bool isWhole = bid > 0 && ask > 0 && bidSize >= 0 && askSize >= 0
                && _bid > 0 && _ask > 0 && _bidSize >= 0 && _askSize >= 0;
            (_bid, _bidSize, _ask, _askSize) = (bid, bidSize, ask, askSize);
            (double flows, double depths) = _sums.Push(
                new SumPair(isWhole ? flow : double.NaN, (bidSize + askSize) / 2));
            return flows / FeatureGuard.Positive(depths);
        }
    }
}
