namespace FinML.Data.Features;

/// <summary>The volume against its mean of the n rows before: ln(V[t] / mean(V[t-n..t-1])). Reads volume. Lookback
/// n.</summary>
public sealed class RelativeVolume : StreamingFeature
{
    /// <summary>Volume relative to the last <paramref name="n"/> rows (1 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public RelativeVolume(int n = 21)
        : base($"relative_volume_{n}", FeatureGuard.AtLeast(n, 1, nameof(n)), "volume")
    {
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(Lookback, firstRow), Fields, firstRow);

    private struct State(int n, long firstRow) : IFeatureState
    {
        private SlidingWindow<Sum> _volume = new(n, firstRow);
        private double _before = double.NaN;

        public double Next(in FeatureRow row)
        {
            double before = _before;
            _before = _volume.Push(new Sum(row[0])).Value / n;
            return FeatureGuard.LogRatio(row[0], before);
        }
    }
}
