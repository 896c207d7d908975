namespace FinML.Data.Features;

/// <summary>The adjustment of a fitted <see cref="MicroPriceModel"/> against the middle: how far, as a fraction, the
/// middle is expected to move until it settles. Reads bid, bid_size, ask, ask_size. Lookback 0.</summary>
public sealed class FittedMicroPrice : StreamingFeature
{
    private readonly MicroPriceModel _model;

    /// <summary>The adjustment by a model, fitted on training rows.</summary>
    public FittedMicroPrice(MicroPriceModel model)
        : base("fitted_micro_price", 0, "bid", "bid_size", "ask", "ask_size")
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(_model), Fields, firstRow);

    private readonly struct State(MicroPriceModel model) : IFeatureState
    {
        public double Next(in FeatureRow row) =>
            model.Adjustment(row[0], row[1], row[2], row[3]) / ((row[0] + row[2]) / 2);
    }
}
