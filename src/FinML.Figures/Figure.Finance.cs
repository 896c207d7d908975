using FinML.Figures.Traces;

namespace FinML.Figures;

// Prices and sums.
public sealed partial class Figure
{
    /// <summary>Candles: a thin line from low to high, a body from open to close, hollow where the close is above the
    /// open and filled where it is below. Where there are more periods than pixels, neighbours are merged.</summary>
    /// <param name="x">Dates (not decreasing), numbers or labels.</param>
    /// <param name="open">First price of each period; a NaN in any of the four leaves the period out.</param>
    /// <param name="high">Highest price.</param>
    /// <param name="low">Lowest price.</param>
    /// <param name="close">Last price.</param>
    /// <param name="volume">Volume, drawn as bars in a new row below, which then is the last row; null draws
    /// none.</param>
    /// <param name="name">Name in the legend.</param>
    /// <exception cref="ArgumentException">Lengths differ, dates go back, or a price lies outside low and
    /// high, or there is volume in a grid of several columns.</exception>
    public Figure Candlestick<T>(IEnumerable<T> x, IEnumerable<double> open, IEnumerable<double> high,
        IEnumerable<double> low, IEnumerable<double> close, IEnumerable<double>? volume = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        T[] at = [.. x];
        string owner = Trace.Describe("candles", name);
        AxisValues axis = AxisValues.Create(at, owner);
        var candles = new CandleTrace(axis, Values(open, axis, "open", owner), Values(high, axis, "high", owner),
            Values(low, axis, "low", owner), Values(close, axis, "close", owner))
        { Name = name };
        RequireOrder(axis, owner);
        for (int i = 0; i < at.Length; i++)
        {
            if (!candles.Has(i))
                continue;
            (double o, double h, double l, double c) =
                (candles.Open[i], candles.High[i], candles.Low[i], candles.Close[i]);
            if (l > Math.Min(o, c) || h < Math.Max(o, c))
                throw new ArgumentException(
                    $"Open and close of {owner} must lie between low and high; got open {Show(o)}, high {Show(h)}, "
                    + $"low {Show(l)}, close {Show(c)} at index {i} ({axis.Text(i)}).");
        }

        if (!Enumerable.Range(0, at.Length).Any(candles.Has))
            throw new ArgumentException($"{owner} have no period with all four prices.");
        if (volume is not null && (Arrangement.Columns > 1 || Arrangement.Y == AxisSharing.All))
            throw new ArgumentException($"The volume of {owner} is a row below them with a y axis of its own, which "
                + "this grid has not; draw it by Panel and Bar.");
        Figure figure = Add(candles);
        return volume is null ? figure
            : figure.Row(0.3).Bar(at, volume, color: Palette.Colors[^1]).YAxis("volume", minimum: 0);
    }

    /// <summary>Changes that add up to a total, each a bar from the sum before it to the sum after it, with its number;
    /// rises are filled, falls are pale.</summary>
    /// <param name="labels">One label a change, all different.</param>
    /// <param name="changes">Finite changes, as many as labels.</param>
    /// <param name="total">Label of the last bar, which runs from zero to the total.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label occurs twice, or a change is not finite.</exception>
    public Figure Waterfall(IEnumerable<string> labels, IEnumerable<double> changes, string total = "total")
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(total);
        const string Owner = "the waterfall";
        string[] names = [.. labels, total];
        double[] steps = [.. changes];
        if (names.Length - 1 != steps.Length || steps.Length == 0)
            throw new ArgumentException($"{Owner} has {names.Length - 1} labels but {steps.Length} changes.");
        RequireDifferent(names, Owner);
        int bad = Array.FindIndex(steps, v => !double.IsFinite(v));
        if (bad >= 0)
            throw new ArgumentException($"A change of {Owner} must be finite; got {Show(steps[bad])} at index {bad}.");
        return Add(new WaterfallTrace(AxisValues.Create(names, Owner), steps));
    }

    private static void RequireDifferent(string[] labels, string owner)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (Array.Find(labels, label => !seen.Add(label)) is { } twice)
            throw new ArgumentException($"The label '{twice}' of {owner} occurs twice.");
    }
}
