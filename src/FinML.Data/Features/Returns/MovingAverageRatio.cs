namespace FinML.Data.Features;

/// <summary>ln(mean of the last fast prices / mean of the last slow prices). Lookback slow - 1.</summary>
public sealed class MovingAverageRatio : StreamingFeature
{
    private readonly int _fast;

    /// <summary>The ratio of the averages over <paramref name="fast"/> (1 or more) and <paramref name="slow"/>
    /// rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">fast is below 1, or slow not above fast.</exception>
    public MovingAverageRatio(int fast = 10, int slow = 50, string field = "close")
        : base($"ma_ratio_{fast}_{slow}{FeatureGuard.Suffix(field)}",
            FeatureGuard.AtLeast(slow, FeatureGuard.AtLeast(fast, 1, nameof(fast)) + 1, nameof(slow)) - 1, field)
    {
        _fast = fast;
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(_fast, Lookback + 1, firstRow), Fields, firstRow);

    private struct State(int fast, int slow, long firstRow) : IFeatureState
    {
        private SlidingWindow<Sum> _newer = new(fast, firstRow);
        private SlidingWindow<Sum> _all = new(slow, firstRow);

        public double Next(in FeatureRow row)
        {
            Sum price = new(FeatureGuard.Positive(row[0]));
            return FeatureGuard.LogRatio(_newer.Push(price).Value / fast, _all.Push(price).Value / slow);
        }
    }
}
