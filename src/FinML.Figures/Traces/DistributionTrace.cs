using System.Globalization;

namespace FinML.Figures.Traces;

/// <summary>The distribution of a sample at one label of a category axis; Values are finite and sorted.</summary>
internal abstract record DistributionTrace(AxisValues Label, double[] Values, BoxSummary Box, int Missing) : Trace
{
    public override AxisValues X => Label;

    public override string Told(Func<double, string> show) => string.Create(CultureInfo.InvariantCulture,
        $"{Label.Labels[0]}: median {show(Box.Median)}, quartiles {show(Box.LowerQuartile)} to "
        + $"{show(Box.UpperQuartile)}, whiskers {show(Box.LowerWhisker)} to {show(Box.UpperWhisker)}, "
        + $"{Box.Outliers.Length} beyond, n = {Values.Length}")
        + (Missing == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {Missing} missing"));

    /// <summary>Distributions at one label stand beside each other, one place a name.</summary>
    public static (int Place, int Places) PlaceOf(Panel panel, DistributionTrace trace)
    {
        string[] names = [.. panel.Traces.OfType<DistributionTrace>().Select(t => t.Name ?? "").Distinct()];
        return (Array.IndexOf(names, trace.Name ?? ""), names.Length);
    }
}

/// <summary>A box with whiskers and the values beyond.</summary>
internal sealed record BoxTrace(AxisValues Label, double[] Values, BoxSummary Box, int Missing)
    : DistributionTrace(Label, Values, Box, Missing)
{
    public override string Noun => "box";

    public override IReadOnlyList<double[]> Columns =>
        [[Box.LowerWhisker, Box.Median, Box.UpperWhisker, .. Box.Outliers]];
}

/// <summary>A density, mirrored, between the smallest and the largest value, with its quartiles inside.</summary>
internal sealed record ViolinTrace(AxisValues Label, double[] Values, BoxSummary Box, int Missing, double Bandwidth,
    double[] Grid, double[] Density) : DistributionTrace(Label, Values, Box, Missing)
{
    public override string Noun => "violin";

    public override IReadOnlyList<double[]> Columns => [[Values[0], Values[^1]]];
}
