namespace FinML.Data.Features;

/// <summary>The volume against its mean of the n rows before: ln(V[t] / mean(V[t-n..t-1])). Reads volume. Lookback
/// n.</summary>
public sealed class RelativeVolume : IFeature
{
    /// <summary>Volume relative to the last <paramref name="n"/> rows (1 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public RelativeVolume(int n = 21) => Lookback = FeatureGuard.AtLeast(n, 1, nameof(n));

    /// <inheritdoc/>
    public string Name => $"relative_volume_{Lookback}";

    /// <inheritdoc/>
    public int Lookback { get; }

    /// <inheritdoc/>
    public double Compute(in PointInTimeView view, int asset)
    {
        if (view.Length <= Lookback)
        {
            return double.NaN;
        }

        ReadOnlySpan<double> volume = view.Window(asset, "volume", Lookback + 1);
        double sum = 0;
        for (int i = 0; i < Lookback; i++)
        {
            sum += volume[i];
        }

        return FeatureGuard.LogRatio(volume[Lookback], sum / Lookback);
    }
}
