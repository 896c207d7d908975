using System.Globalization;

namespace FinML.Figures.Traces;

/// <summary>Estimates with intervals, one a line; the summary comes last, as a diamond. Weights are shares of the
/// largest, or empty.</summary>
internal sealed record ForestTrace(AxisValues Labels, Estimate[] Estimates, double[] Weights, bool HasSummary,
    double? Reference) : Trace
{
    public override string Noun => "forest plot";

    public override AxisValues X { get; } = AxisValues.Numbers(
        [.. Estimates.SelectMany(e => new[] { e.Lower, e.Value, e.Upper }),
            .. Reference is { } reference ? new[] { reference } : []]);

    public override IReadOnlyList<double[]> Columns => [];

    public override AxisValues? OwnY => Labels;

    public bool IsSummary(int line) => HasSummary && line == Estimates.Length - 1;

    public override string Told(Func<double, string> show) => string.Join("; ", Estimates.Select((e, i) =>
        $"{Labels.Labels[i]} {Text(e, show)}"));

    public static string Text(Estimate e, Func<double, string> show) =>
        string.Create(CultureInfo.InvariantCulture, $"{show(e.Value)} [{show(e.Lower)}, {show(e.Upper)}]");
}
