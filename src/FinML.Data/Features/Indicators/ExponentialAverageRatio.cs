namespace FinML.Data.Features;

/// <summary>
/// ln(P / A) with A the exponential average of the price that moves by 2 / (n + 1) a row. The average begins
/// <c>history</c> rows back at the price there; with the default of 5 n rows that start weighs about 5e-5. Lookback is
/// the history.
/// </summary>
public sealed class ExponentialAverageRatio : StreamingFeature
{
    private readonly int _n;

    /// <summary>The price against its average over <paramref name="n"/> rows (1 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n or the history is below 1.</exception>
    public ExponentialAverageRatio(int n = 20, int? history = null, string field = "close")
        : base($"ema_ratio_{n}{FeatureGuard.Suffix(field)}", FeatureGuard.AtLeast(
            history ?? 5 * FeatureGuard.AtLeast(n, 1, nameof(n)), 1, nameof(history)), field)
    {
        _n = FeatureGuard.AtLeast(n, 1, nameof(n));
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(_n, Lookback, firstRow), Fields, firstRow);

    private struct State(int n, int history, long firstRow) : IFeatureState
    {
        private ExponentialAverage _average = new(ExponentialAverage.Span(n), history, firstRow);

        public double Next(in FeatureRow row) => FeatureGuard.LogRatio(row[0], _average.Push(row[0]));
    }
}
