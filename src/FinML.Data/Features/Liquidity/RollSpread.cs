namespace FinML.Data.Features;

/// <summary>
/// The spread that the bounce between bid and ask leaves in the trade prices, as a fraction of the price:
/// 2 sqrt(-cov(r[t], r[t-1])) of the last n pairs of logarithmic returns (divisor n - 1); 0 where the covariance is not
/// negative, as is usual. Lookback n + 1.
/// Source: R. Roll, "A simple implicit measure of the effective bid-ask spread", Journal of Finance 39 (1984).
/// </summary>
public sealed class RollSpread : StreamingFeature
{
    /// <summary>The spread from the last <paramref name="n"/> pairs of returns (2 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 2.</exception>
    public RollSpread(int n = 21, string field = "close")
        : base($"roll_spread_{n}{FeatureGuard.Suffix(field)}", FeatureGuard.AtLeast(n, 2, nameof(n)) + 1, field)
    {
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(Lookback - 1, firstRow), Fields, firstRow);

    private struct State(int n, long firstRow) : IFeatureState
    {
        private LogReturns _returns = new();
        private SlidingWindow<JointMoments> _moments = new(n, firstRow);
        private double _last = double.NaN;

        public double Next(in FeatureRow row)
        {
            double r = _returns.Push(row[0]);
            double covariance = _moments.Push(JointMoments.Of(r, _last)).SampleCovariance;
            _last = r;
            return covariance >= 0 ? 0 : 2 * Math.Sqrt(-covariance);
        }
    }
}
