namespace FinML.Data.Features;

/// <summary>
/// The exponentially weighted volatility of RiskMetrics, per row: the root of sum lambda^k r[t-k]^2 / sum lambda^k over
/// the last rows, r the logarithmic returns. Lookback is the number of those rows, by default the first at which
/// lambda^k is below 1e-4. Source: J. P. Morgan and Reuters, RiskMetrics Technical Document (4th edition, 1996),
/// section 5.2.
/// </summary>
public sealed class EwmaVolatility : StreamingFeature
{
    private readonly double _lambda;

    /// <summary>The volatility with decay <paramref name="lambda"/> in (0, 1) over <paramref name="history"/> rows (1
    /// or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public EwmaVolatility(double lambda = 0.94, int? history = null, string field = "close")
        : base(FormattableString.Invariant($"ewma_volatility_{lambda:0.####}").Replace('.', 'p')
                + FeatureGuard.Suffix(field),
            FeatureGuard.AtLeast(history ?? (int)Math.Ceiling(
                Math.Log(1e-4) / Math.Log(FeatureGuard.Between(lambda, 0, 1, nameof(lambda)))), 1, nameof(history)),
            field)
    {
        _lambda = FeatureGuard.Between(lambda, 0, 1, nameof(lambda));
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(_lambda, Lookback, firstRow), Fields, firstRow);

    private struct State(double lambda, int history, long firstRow) : IFeatureState
    {
        private readonly double _share = (1 - lambda) / (1 - Math.Pow(lambda, history));
        private LogReturns _returns = new();
        private SlidingWindow<DecayingSum> _squares = new(history, firstRow);

        public double Next(in FeatureRow row)
        {
            double r = _returns.Push(row[0]);
            return Math.Sqrt(_squares.Push(new DecayingSum(r * r, lambda)).Value * _share);
        }
    }
}
