namespace FinML.Data.Features;

/// <summary>
/// The histogram of moving average convergence/divergence in units of the price: (M - S) / P with M the difference of
/// the fast and the slow exponential average of the price and S the exponential average of M; an average over n rows
/// moves by 2 / (n + 1). Source: G. Appel, Technical Analysis: Power Tools for Active Investors (2005).
/// </summary>
/// <remarks>
/// The averages begin <c>history</c> rows back at the price there; with the default of 5 slow rows their start weighs
/// (1 - 2 / (slow + 1))^(5 slow), about 5e-5. Lookback is the history.
/// </remarks>
public sealed class Macd : StreamingFeature
{
    private readonly int _fast;
    private readonly int _slow;
    private readonly int _signal;

    /// <summary>The histogram with the given spans, in rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A span is below 1, slow not above fast, or the history below
    /// slow.</exception>
    public Macd(int fast = 12, int slow = 26, int signal = 9, int? history = null, string field = "close")
        : base($"macd_{fast}_{slow}_{signal}{FeatureGuard.Suffix(field)}",
            FeatureGuard.AtLeast(history ?? 5 * slow, slow, nameof(history)), field)
    {
        _fast = FeatureGuard.AtLeast(fast, 1, nameof(fast));
        _slow = FeatureGuard.AtLeast(slow, fast + 1, nameof(slow));
        _signal = FeatureGuard.AtLeast(signal, 1, nameof(signal));
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) => FeatureStream.Create(
        () => new State(ExponentialAverage.Span(_fast), ExponentialAverage.Span(_slow),
            ExponentialAverage.Span(_signal), Lookback, firstRow), Fields, firstRow);

    private struct State(double fast, double slow, double signal, int history, long firstRow) : IFeatureState
    {
        private SlidingWindow<Response> _window = new(history, firstRow);
        private double _last = double.NaN;

        public double Next(in FeatureRow row)
        {
            double price = row[0];
            Response sum = _window.Push(Response.Of(price - _last, fast, slow, signal));
            _last = price;
            return (sum.Slow - sum.Fast - sum.Signal) / FeatureGuard.Positive(price);
        }
    }

    /// <summary>
    /// What a stretch of price changes does to f and s, by how much the price is above its fast and slow average, and
    /// to the signal g, the average of s - f. It is linear in them:
    /// f' = FastWeight f + Fast, s' = SlowWeight s + Slow, g' = SignalWeight g + SlowToSignal s - FastToSignal f +
    /// Signal. Differences from the price, and not the averages, because they lose no digits to the price's level.
    /// </summary>
    private readonly record struct Response(double FastWeight, double SlowWeight, double SignalWeight,
        double FastToSignal, double SlowToSignal, double Fast, double Slow, double Signal) : IAggregate<Response>
    {
        public static Response Missing => new(1, 1, 1, 0, 0, double.NaN, double.NaN, double.NaN);

        public static Response Of(double change, double fast, double slow, double signal) =>
            new(1 - fast, 1 - slow, 1 - signal, signal * (1 - fast), signal * (1 - slow),
                (1 - fast) * change, (1 - slow) * change, signal * (fast - slow) * change);

        public static Response Combine(in Response older, in Response newer) => new(
            older.FastWeight * newer.FastWeight,
            older.SlowWeight * newer.SlowWeight,
            older.SignalWeight * newer.SignalWeight,
            newer.SignalWeight * older.FastToSignal + newer.FastToSignal * older.FastWeight,
            newer.SignalWeight * older.SlowToSignal + newer.SlowToSignal * older.SlowWeight,
            newer.FastWeight * older.Fast + newer.Fast,
            newer.SlowWeight * older.Slow + newer.Slow,
            newer.SignalWeight * older.Signal + newer.SlowToSignal * older.Slow - newer.FastToSignal * older.Fast
                + newer.Signal);
    }
}
