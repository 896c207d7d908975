namespace FinML.Data.Features;

/// <summary>
/// Close-to-close volatility: the sample standard deviation (divisor n - 1) of the last n logarithmic returns, times
/// the square root of the rows a year; 1 leaves it per row. Lookback n.
/// </summary>
public sealed class RollingVolatility : StreamingFeature
{
    private readonly double _annualisation;

    /// <summary>The volatility of the last <paramref name="n"/> returns (2 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 2, or the rows a year are not above 0.</exception>
    public RollingVolatility(int n = 21, double rowsPerYear = 1, string field = "close")
        : base($"volatility_{n}{FeatureGuard.Suffix(field)}", FeatureGuard.AtLeast(n, 2, nameof(n)), field)
    {
        _annualisation = Math.Sqrt(FeatureGuard.AboveZero(rowsPerYear, nameof(rowsPerYear)));
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(Lookback, _annualisation, firstRow), Fields, firstRow);

    private struct State(int n, double annualisation, long firstRow) : IFeatureState
    {
        private LogReturns _returns = new();
        private SlidingWindow<RollingMoments> _moments = new(n, firstRow);

        public double Next(in FeatureRow row) =>
            Math.Sqrt(_moments.Push(RollingMoments.Of(_returns.Push(row[0]))).SampleVariance) * annualisation;
    }
}
