namespace FinML.Data.Features;

/// <summary>
/// Realised volatility: the root of the mean of the last n squared logarithmic returns, times the square root of the
/// rows a year; 1 leaves it per row. About zero, not about the mean: with rows of minutes and n a day's rows it is the
/// root of the realised variance. Lookback n.
/// Source: T. G. Andersen and T. Bollerslev, "Answering the skeptics", International Economic Review 39 (1998).
/// </summary>
public sealed class RealisedVolatility : StreamingFeature
{
    private readonly double _rowsPerYear;

    /// <summary>The volatility of the last <paramref name="n"/> returns (1 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1, or the rows a year are not above 0.</exception>
    public RealisedVolatility(int n = 21, double rowsPerYear = 1, string field = "close")
        : base($"realised_volatility_{n}{FeatureGuard.Suffix(field)}", FeatureGuard.AtLeast(n, 1, nameof(n)), field)
    {
        _rowsPerYear = FeatureGuard.AboveZero(rowsPerYear, nameof(rowsPerYear));
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(Lookback, _rowsPerYear, firstRow), Fields, firstRow);

    private struct State(int n, double rowsPerYear, long firstRow) : IFeatureState
    {
        private LogReturns _returns = new();
        private SlidingWindow<Sum> _squares = new(n, firstRow);

        public double Next(in FeatureRow row)
        {
            double r = _returns.Push(row[0]);
            return Math.Sqrt(_squares.Push(new Sum(r * r)).Value / n * rowsPerYear);
        }
    }
}
