namespace FinML.Data.Features;

/// <summary>
/// Range volatility of the last n bars, per row: sqrt(sum ln(H/L)^2 / (4 n ln 2)). Reads high and low. Lookback n - 1.
/// Source: M. Parkinson, "The extreme value method for estimating the variance of the rate of return", Journal of
/// Business 53 (1980).
/// </summary>
public sealed class ParkinsonVolatility : StreamingFeature
{
    /// <summary>The range volatility of the last <paramref name="n"/> bars (1 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public ParkinsonVolatility(int n = 21)
        : base($"parkinson_{n}", FeatureGuard.AtLeast(n, 1, nameof(n)) - 1, "high", "low")
    {
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(Lookback + 1, firstRow), Fields, firstRow);

    private struct State(int n, long firstRow) : IFeatureState
    {
        private readonly double _scale = 4 * n * Math.Log(2);
        private SlidingWindow<Sum> _squares = new(n, firstRow);

        public double Next(in FeatureRow row)
        {
            double range = FeatureGuard.LogRatio(row[0], row[1]);
            double square = range >= 0 ? range * range : double.NaN; // a high below its low is no bar
            return Math.Sqrt(_squares.Push(new Sum(square)).Value / _scale);
        }
    }
}
