using System.Globalization;

namespace FinML.Figures.Traces;

/// <summary>Changes that add up to a total: bars from the sum so far to the next one.</summary>
internal sealed record WaterfallTrace(AxisValues Labels, double[] Changes) : Trace
{
    public override string Noun => "waterfall";

    public override AxisValues X => Labels;

    /// <summary>Sums before each change, and 0 for the total.</summary>
    public double[] From { get; } = [.. Sums(Changes).SkipLast(1), 0];

    /// <summary>Sums after each change, and the total again.</summary>
    public double[] To { get; } = [.. Sums(Changes).Skip(1), Sums(Changes).Last()];

    public override bool FromZero => true;

    // Room for the numbers above and below the bars.
    public override IReadOnlyList<double[]> Columns
    {
        get
        {
            double low = Math.Min(To.Min(), 0), high = Math.Max(To.Max(), 0), room = (high - low) * 0.06;
            return [[low < 0 ? low - room : low, .. To, high > 0 ? high + room : high]];
        }
    }

    public override string Told(Func<double, string> show) => string.Join(", ", Changes.Select((c, i) =>
        $"{Labels.Labels[i]} {(c > 0 ? "+" : "")}{show(c)}")) + $"; {Labels.Labels[^1]} {show(To[^1])}";

    private static IEnumerable<double> Sums(double[] changes)
    {
        double sum = 0;
        yield return sum;
        foreach (double change in changes)
            yield return sum += change;
    }
}

/// <summary>Open, high, low and close of each period. A NaN in any of the four leaves the period out.</summary>
internal sealed record CandleTrace(AxisValues XValues, double[] Open, double[] High, double[] Low, double[] Close)
    : Trace
{
    public override string Noun => "candles";

    public override AxisValues X => XValues;

    public override IReadOnlyList<double[]> Columns => [Low, High];

    public bool Has(int i) => double.IsFinite(Open[i]) && double.IsFinite(High[i]) && double.IsFinite(Low[i])
        && double.IsFinite(Close[i]);

    public override string Told(Func<double, string> show)
    {
        int[] given = [.. Enumerable.Range(0, Open.Length).Where(Has)];
        int missing = Open.Length - given.Length;
        return string.Create(CultureInfo.InvariantCulture,
            $"{given.Length} periods from {X.Text(given[0])} to {X.Text(given[^1])}, first open "
            + $"{show(Open[given[0]])}, last close {show(Close[given[^1]])}, lowest {show(given.Min(i => Low[i]))}, "
            + $"highest {show(given.Max(i => High[i]))}; hollow where the close is above the open")
            + (missing == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {missing} missing"));
    }
}
