namespace FinML.Data.Features;

/// <summary>
/// The relative strength index, 100 * U / (U + D), of Wilder's averages of gains U and losses D: both start as the mean
/// of the first n changes and then move as A += (change - A) / n. 50 where the price stood still. In [0, 100].
/// Source: J. W. Wilder, New Concepts in Technical Trading Systems (1978).
/// </summary>
/// <remarks>
/// Wilder's average never forgets; here it begins <c>history</c> rows back, so that the value depends on a known window
/// and not on where the data begin. With the default of 10 n rows the start weighs (1 - 1/n)^(9 n), about 1e-4.
/// Lookback is the history.
/// </remarks>
public sealed class Rsi : StreamingFeature
{
    private readonly int _n;

    /// <summary>The index over <paramref name="n"/> rows, with averages that begin <paramref name="history"/> rows
    /// back.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 2, or the history is shorter than n.</exception>
    public Rsi(int n = 14, int? history = null, string field = "close")
        : base($"rsi_{n}{FeatureGuard.Suffix(field)}", FeatureGuard.AtLeast(
            history ?? 10 * n, FeatureGuard.AtLeast(n, 2, nameof(n)), nameof(history)), field)
    {
        _n = n;
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(_n, Lookback, firstRow), Fields, firstRow);

    private struct State(int n, int history, long firstRow) : IFeatureState
    {
        private WilderAverage _gains = new(n, history, firstRow);
        private WilderAverage _losses = new(n, history, firstRow);
        private double _last = double.NaN;

        public double Next(in FeatureRow row)
        {
            double change = row[0] - _last;
            _last = row[0];
            // Not Math.Max for the loss: NaN must reach both averages.
            double up = _gains.Push(change > 0 ? change : change * 0);
            double down = _losses.Push(change < 0 ? -change : change * 0);
            double total = up + down;
            return total == 0 ? 50 : 100 * up / total;
        }
    }
}
