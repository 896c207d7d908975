namespace FinML.Data.Features;

/// <summary>ln(mean of the last fast prices / mean of the last slow prices). Lookback slow - 1.</summary>
public sealed class MovingAverageRatio : IFeature
{
    private readonly int _fast;
    private readonly int _slow;
    private readonly string _field;

    /// <summary>The ratio of the averages over <paramref name="fast"/> (1 or more) and <paramref name="slow"/>
    /// rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">fast is below 1, or slow not above fast.</exception>
    public MovingAverageRatio(int fast = 10, int slow = 50, string field = "close")
    {
        _fast = FeatureGuard.AtLeast(fast, 1, nameof(fast));
        _slow = FeatureGuard.AtLeast(slow, fast + 1, nameof(slow));
        _field = FeatureGuard.Named(field);
    }

    /// <inheritdoc/>
    public string Name => $"ma_ratio_{_fast}_{_slow}{FeatureGuard.Suffix(_field)}";

    /// <inheritdoc/>
    public int Lookback => _slow - 1;

    /// <inheritdoc/>
    public double Compute(in PointInTimeView view, int asset)
    {
        if (view.Length <= Lookback)
        {
            return double.NaN;
        }

        ReadOnlySpan<double> price = view.Window(asset, _field, _slow);
        double older = 0, newer = 0;
        for (int i = 0; i < _slow; i++)
        {
            if (!(price[i] > 0))
            {
                return double.NaN;
            }

            if (i < _slow - _fast)
            {
                older += price[i];
            }
            else
            {
                newer += price[i];
            }
        }

        return FeatureGuard.LogRatio(newer / _fast, (older + newer) / _slow);
    }
}
