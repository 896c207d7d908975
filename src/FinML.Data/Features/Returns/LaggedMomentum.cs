namespace FinML.Data.Features;

/// <summary>
/// Momentum without the last rows, which tend to reverse: ln(P[t-skip] / P[t-n]); 252 and 21 days are the "12 minus 1
/// months" of the literature. Lookback n.
/// Source: N. Jegadeesh and S. Titman, "Returns to buying winners and selling losers", Journal of Finance 48 (1993).
/// </summary>
public sealed class LaggedMomentum : StreamingFeature
{
    private readonly int _skip;

    /// <summary>The return from <paramref name="n"/> to <paramref name="skip"/> (0 or more, below n) rows
    /// back.</summary>
    /// <exception cref="ArgumentOutOfRangeException">skip is below 0, or n not above skip.</exception>
    public LaggedMomentum(int n = 252, int skip = 21, string field = "close")
        : base($"momentum_{n}_{skip}{FeatureGuard.Suffix(field)}", FeatureGuard.AtLeast(n, skip + 1, nameof(n)), field)
    {
        _skip = FeatureGuard.AtLeast(skip, 0, nameof(skip));
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(Lookback, _skip), Fields, firstRow);

    private struct State(int n, int skip) : IFeatureState
    {
        private Delay _newer = new(skip);
        private Delay _older = new(n - skip);

        public double Next(in FeatureRow row)
        {
            // A feature of the close of t has the close of t, and a missing one must show.
            double newer = _newer.Push(row[0]);
            double value = FeatureGuard.LogRatio(newer, _older.Push(newer));
            return row[0] > 0 ? value : double.NaN;
        }
    }
}
