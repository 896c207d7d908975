namespace FinML.Data.Features;

/// <summary>The width of the Bollinger bands against their middle: 2 k s / mean of the last n prices, s with divisor n.
/// Lookback n - 1. Source: as <see cref="BollingerPosition"/>.</summary>
public sealed class BollingerWidth : StreamingFeature
{
    private readonly double _k;

    /// <summary>The width of bands of <paramref name="k"/> standard deviations (above 0) of <paramref name="n"/> rows
    /// (2 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public BollingerWidth(int n = 20, double k = 2, string field = "close")
        : base($"bollinger_width_{n}{FeatureGuard.Suffix(field)}", FeatureGuard.AtLeast(n, 2, nameof(n)) - 1, field)
    {
        _k = FeatureGuard.AboveZero(k, nameof(k));
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(Lookback + 1, _k, firstRow), Fields, firstRow);

    private struct State(int n, double k, long firstRow) : IFeatureState
    {
        private SlidingWindow<RollingMoments> _moments = new(n, firstRow);

        public double Next(in FeatureRow row)
        {
            RollingMoments moments = _moments.Push(RollingMoments.Of(FeatureGuard.Positive(row[0])));
            return 2 * k * Math.Sqrt(moments.PopulationVariance) / moments.Mean;
        }
    }
}
