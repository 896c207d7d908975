namespace FinML.Data;

/// <summary>
/// The label of row t: what a position earns that is decided at the close of t, entered at the open of t+1 and left at
/// the open of t+1+h, open[t+1+h] / open[t+1] - 1, before costs. NaN on the last rows, whose label is not yet known.
/// </summary>
/// <remarks>
/// Where the opens of a data set are stale (the catalogue says so) set <see cref="Field"/> to close: then the position
/// is entered at the close of t+1, a full row after the decision.
/// </remarks>
public sealed record ForwardReturn
{
    /// <summary>h, the rows that the position is held. At least 1.</summary>
    public int Horizon { get; init; } = 1;

    /// <summary>The price that is traded at.</summary>
    public string Field { get; init; } = "open";

    /// <summary>How many rows after t the label reads: the h + 1 that a split must purge (LabelHorizon).</summary>
    public int LabelSpan => Horizon + 1;

    /// <summary>The labels of one asset, one a row, simple returns; NaN where a price is missing or not
    /// positive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is below 1.</exception>
    /// <exception cref="ArgumentException">The panel lacks the asset or the field.</exception>
    public double[] Compute(Panel panel, string asset)
    {
        ArgumentNullException.ThrowIfNull(panel);
        if (Horizon < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(Horizon), Horizon, "Horizon must be 1 or more.");
        }

        ReadOnlySpan<double> price = panel.Column(asset, Field);
        double[] labels = new double[panel.Length];
        for (int t = 0; t < labels.Length; t++)
        {
            labels[t] = t + LabelSpan < labels.Length && price[t + 1] > 0 && price[t + LabelSpan] > 0
                ? price[t + LabelSpan] / price[t + 1] - 1
                : double.NaN;
        }

        return labels;
    }

    /// <summary>The same labels with the rows that each reads: t to t + h + 1.</summary>
    /// <exception cref="ArgumentException">As <see cref="Compute"/>.</exception>
    public LabelSet Label(Panel panel, string asset)
    {
        double[] values = Compute(panel, asset);
        return new LabelSet(values, [.. Enumerable.Range(0, values.Length).Select(t => t + LabelSpan)]);
    }
}
