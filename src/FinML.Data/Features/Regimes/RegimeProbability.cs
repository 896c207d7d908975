namespace FinML.Data.Features;

/// <summary>
/// The filtered probability that the row is turbulent, given the returns up to it and nothing later: Hamilton's filter
/// of a fitted model, begun <c>history</c> rows back with the long-run share of turbulent rows. In [0, 1]. Lookback is
/// the history. Source: J. D. Hamilton, Time Series Analysis (1994), equations 22.4.5 and 22.4.6.
/// </summary>
/// <remarks>A row multiplies the probabilities of the two regimes by a matrix; the product of the matrices of a window
/// is kept like any other aggregate.</remarks>
public sealed class RegimeProbability : StreamingFeature
{
    private readonly RegimeModel _model;

    /// <summary>The probability under a model, fitted on training rows, of the returns of the price
    /// <paramref name="field"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The history is below 1, or a parameter of the model outside its
    /// range.</exception>
    public RegimeProbability(RegimeModel model, int history = 252, string field = "close")
        : base($"turbulent_{history}{FeatureGuard.Suffix(field)}", FeatureGuard.AtLeast(history, 1, nameof(history)),
            field)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Validate();
        _model = model;
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(_model, Lookback, firstRow), Fields, firstRow);

    private struct State(RegimeModel model, int history, long firstRow) : IFeatureState
    {
        private LogReturns _returns = new();
        private SlidingWindow<Transition> _product = new(history, firstRow);

        public double Next(in FeatureRow row)
        {
            (double calm, double turbulent, _) = model.Densities(_returns.Push(row[0]));
            Transition product = _product.Push(new Transition(
                model.CalmStays * calm, (1 - model.CalmStays) * turbulent,
                (1 - model.TurbulentStays) * calm, model.TurbulentStays * turbulent));
            double share = model.TurbulentShare;
            double toCalm = (1 - share) * product.CalmToCalm + share * product.TurbulentToCalm;
            double toTurbulent = (1 - share) * product.CalmToTurbulent + share * product.TurbulentToTurbulent;
            return toTurbulent / (toCalm + toTurbulent);
        }
    }

    /// <summary>What a stretch of rows makes of the unnormalised probabilities of the regimes, up to a
    /// factor.</summary>
    private readonly record struct Transition(
        double CalmToCalm, double CalmToTurbulent, double TurbulentToCalm, double TurbulentToTurbulent)
        : IAggregate<Transition>
    {
        public static Transition Missing => new(double.NaN, double.NaN, double.NaN, double.NaN);

        public static Transition Combine(in Transition older, in Transition newer)
        {
            double a = older.CalmToCalm * newer.CalmToCalm + older.CalmToTurbulent * newer.TurbulentToCalm;
            double b = older.CalmToCalm * newer.CalmToTurbulent + older.CalmToTurbulent * newer.TurbulentToTurbulent;
            double c = older.TurbulentToCalm * newer.CalmToCalm + older.TurbulentToTurbulent * newer.TurbulentToCalm;
            double d = older.TurbulentToCalm * newer.CalmToTurbulent
                + older.TurbulentToTurbulent * newer.TurbulentToTurbulent;
            double factor = 1 / (a + b + c + d); // lest the product of many densities underflows
            return new Transition(a * factor, b * factor, c * factor, d * factor);
        }
    }
}
