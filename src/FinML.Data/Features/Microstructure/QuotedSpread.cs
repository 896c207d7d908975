namespace FinML.Data.Features;

/// <summary>The quoted spread as a fraction of the middle, (Pa - Pb) / mid; negative where the quotes cross. Reads bid
/// and ask. Lookback 0.</summary>
public sealed class QuotedSpread : StreamingFeature
{
    /// <summary>The spread of the best quotes.</summary>
    public QuotedSpread()
        : base("quoted_spread", 0, "bid", "ask")
    {
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => default(State), Fields, firstRow);

    private readonly struct State : IFeatureState
    {
        public double Next(in FeatureRow row) => row[0] > 0 && row[1] > 0
            ? (row[1] - row[0]) / ((row[0] + row[1]) / 2)
            : double.NaN;
    }
}
