namespace FinML.Data.Features;

/// <summary>
/// The return of the last n rows in units of its own volatility: sum r / sqrt(sum r^2), r the logarithmic returns. The
/// volatility is taken about zero, so that the value lies in [-sqrt(n), sqrt(n)] and a steady trend does not divide by
/// nothing; 0 where the price stood still. Lookback n.
/// </summary>
public sealed class Momentum : StreamingFeature
{
    /// <summary>Momentum over <paramref name="n"/> rows (1 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public Momentum(int n = 252, string field = "close")
        : base($"momentum_{n}{FeatureGuard.Suffix(field)}", FeatureGuard.AtLeast(n, 1, nameof(n)), field)
    {
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(Lookback, firstRow), Fields, firstRow);

    private struct State(int n, long firstRow) : IFeatureState
    {
        private LogReturns _returns = new();
        private SlidingWindow<SumPair> _sums = new(n, firstRow);

        public double Next(in FeatureRow row)
        {
            double r = _returns.Push(row[0]);
            (double sum, double squares) = _sums.Push(new SumPair(r, r * r));
            return squares == 0 ? 0 : sum / Math.Sqrt(squares);
        }
    }
}
