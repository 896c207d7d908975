namespace FinML.Data.Features;

/// <summary>
/// Wilder's average true range as a fraction of the close, the true range being max(H, C[t-1]) - min(L, C[t-1]). The
/// average begins <c>history</c> rows back with the mean of n; with the default of 10 n rows that start weighs
/// (1 - 1/n)^(9 n), about 1e-4. Reads high, low and close. Lookback is the history.
/// Source: J. W. Wilder, New Concepts in Technical Trading Systems (1978).
/// </summary>
public sealed class AverageTrueRange : StreamingFeature
{
    private readonly int _n;

    /// <summary>The range over <paramref name="n"/> bars (1 or more), begun <paramref name="history"/> rows
    /// back.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1, or the history is shorter than n.</exception>
    public AverageTrueRange(int n = 14, int? history = null)
        : base($"atr_{n}", FeatureGuard.AtLeast(history ?? 10 * n, FeatureGuard.AtLeast(n, 1, nameof(n)),
            nameof(history)), "high", "low", "close")
    {
        _n = n;
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(_n, Lookback, firstRow), Fields, firstRow);

    private struct State(int n, int history, long firstRow) : IFeatureState
    {
        private WilderAverage _average = new(n, history, firstRow);
        private double _lastClose = double.NaN;

        public double Next(in FeatureRow row)
        {
            double high = row[0], low = row[1], close = row[2];
            double range = high >= low ? Math.Max(high, _lastClose) - Math.Min(low, _lastClose) : double.NaN;
            _lastClose = close;
            return _average.Push(range) / FeatureGuard.Positive(close);
        }
    }
}
