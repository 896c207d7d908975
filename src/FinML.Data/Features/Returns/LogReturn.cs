namespace FinML.Data.Features;

/// <summary>The logarithmic return over n rows, ln(P[t] / P[t-n]). Lookback n.</summary>
public sealed class LogReturn : StreamingFeature
{
    /// <summary>The return over <paramref name="n"/> rows (1 or more) of the price <paramref name="field"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public LogReturn(int n = 1, string field = "close")
        : base($"log_return_{n}{FeatureGuard.Suffix(field)}", FeatureGuard.AtLeast(n, 1, nameof(n)), field)
    {
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(Lookback), Fields, firstRow);

    private struct State(int n) : IFeatureState
    {
        private Delay _price = new(n);

        public double Next(in FeatureRow row) => FeatureGuard.LogRatio(row[0], _price.Push(row[0]));
    }
}
