namespace FinML.Data.Features;

/// <summary>Short-term reversal: minus the logarithmic return of the last n rows, so that a high value promises a rise.
/// Lookback n. Source: N. Jegadeesh, "Evidence of predictable behavior of security returns", Journal of Finance 45
/// (1990).</summary>
public sealed class Reversal : StreamingFeature
{
    /// <summary>The reversal of the last <paramref name="n"/> rows (1 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public Reversal(int n = 5, string field = "close")
        : base($"reversal_{n}{FeatureGuard.Suffix(field)}", FeatureGuard.AtLeast(n, 1, nameof(n)), field)
    {
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(Lookback), Fields, firstRow);

    private struct State(int n) : IFeatureState
    {
        private Delay _price = new(n);

        public double Next(in FeatureRow row) => FeatureGuard.LogRatio(_price.Push(row[0]), row[0]);
    }
}
