namespace FinML.Data.Features;

/// <summary>
/// Where the price stands between its Bollinger bands: (P - mean) / (k s) of the last n prices, s with divisor n; -1 on
/// the lower band, 1 on the upper, 0 where the price stood still. "%b" is (1 + it) / 2. Lookback n - 1.
/// Source: J. Bollinger, Bollinger on Bollinger Bands (2001).
/// </summary>
public sealed class BollingerPosition : StreamingFeature
{
    private readonly double _k;

    /// <summary>The position in bands of <paramref name="k"/> standard deviations (above 0) of <paramref name="n"/>
    /// rows (2 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public BollingerPosition(int n = 20, double k = 2, string field = "close")
        : base($"bollinger_position_{n}{FeatureGuard.Suffix(field)}", FeatureGuard.AtLeast(n, 2, nameof(n)) - 1, field)
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
            return moments.Squares == 0
                ? 0
                : (row[0] - moments.Mean) / (k * Math.Sqrt(moments.PopulationVariance));
        }
    }
}
