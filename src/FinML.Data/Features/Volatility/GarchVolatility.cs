namespace FinML.Data.Features;

/// <summary>
/// The volatility that a GARCH(1,1) model forecasts for the next row, fitted walk-forward: at every RefitEvery-th row
/// of the panel to the last Window logarithmic returns, each time anew, and run on from there. NaN where the window of
/// the last fit held a missing return. Lookback Window + RefitEvery - 1.
/// </summary>
/// <remarks>The rows of the fits are counted from the first row of the panel: a panel that begins elsewhere has other
/// fits unless it begins a multiple of RefitEvery rows later. A row costs a few operations, a row with a fit
/// milliseconds.</remarks>
public sealed class GarchVolatility : StreamingFeature
{
    private readonly GarchOptions _options;

    /// <summary>The volatility of the returns of the price <paramref name="field"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public GarchVolatility(GarchOptions? options = null, string field = "close")
        : base(NameOf(options ??= new GarchOptions(), field), options.Window + options.RefitEvery - 1, field)
    {
        _options = options;
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(_options), Fields, firstRow);

    private static string NameOf(GarchOptions options, string field)
    {
        options.Validate();
        return $"garch_{options.Window}_{options.RefitEvery}{FeatureGuard.Suffix(field)}";
    }

    private struct State(GarchOptions options) : IFeatureState
    {
        private readonly double[] _window = [.. Enumerable.Repeat(double.NaN, 2 * options.Window)];
        private LogReturns _returns = new();
        private GarchModel? _model;
        private double _variance = double.NaN;
        private int _at;

        public double Next(in FeatureRow row)
        {
            double r = _returns.Push(row[0]);
            // Written twice, so that the last rows always lie together.
            _window[_at] = _window[_at + options.Window] = r;
            _at = _at + 1 == options.Window ? 0 : _at + 1;
            int first = options.Window + options.RefitEvery - 1;
            if ((row.Number - first) % options.RefitEvery == 0)
            {
                ReadOnlySpan<double> window = _window.AsSpan(_at, options.Window);
                _model = Garch.TryFit(window)?.Model;
                _variance = _model?.NextVariance(window) ?? double.NaN;
            }
            else
            {
                _variance = _model?.NextVariance(_variance, r) ?? double.NaN;
            }

            return Math.Sqrt(_variance * options.RowsPerYear);
        }
    }
}
