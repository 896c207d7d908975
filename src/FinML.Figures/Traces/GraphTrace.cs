using System.Globalization;
using FinML.Figures.Svg;

namespace FinML.Figures.Traces;

/// <summary>A graph with its layout; x are layers and y places within a layer, downwards.</summary>
internal sealed record GraphTrace(string[] Names, GraphEdge[] Edges, GraphLayout Layout) : Trace
{
    public override string Noun => "graph";

    public override AxisValues X { get; } = AxisValues.Numbers([-0.55, Layout.Layers - 0.45]);

    public override IReadOnlyList<double[]> Columns => [];

    public override AxisValues? OwnY => AxisValues.Numbers([Low, High]);

    /// <summary>The upper and the lower end of y, with room for loops above and for the key below.</summary>
    public double Low => Layout.Top - 0.75;

    public double High => Layout.Bottom + (HasBothSigns ? 0.95 : 0.6);

    /// <summary>The largest absolute weight, or 0.</summary>
    public double Strongest => Edges.Select(e => Math.Abs(e.Weight ?? 0)).DefaultIfEmpty(0).Max();

    public bool HasBothSigns => Array.Exists(Edges, e => e.Weight > 0) && Array.Exists(Edges, e => e.Weight < 0);

    /// <summary>An edge's size beside the largest, 0 to 1.</summary>
    public double Strength(GraphEdge edge) => edge.Weight is { } w && Strongest > 0 ? Math.Abs(w) / Strongest : 0;

    public override string Told(Func<double, string> show) => Edges.Length == 0
        ? $"{Names.Length.ToString(CultureInfo.InvariantCulture)} nodes without an edge"
        : string.Join("; ", Edges.Select(Line));

    /// <summary>An edge in one line: a → b 0.42, lag 1.</summary>
    public static string Line(GraphEdge edge)
    {
        string arrow = edge.Kind switch
        {
            EdgeKind.Directed => "\u2192",
            EdgeKind.Bidirected => "\u2194",
            _ => "\u2014",
        };
        string label = Label(edge);
        return $"{edge.From} {arrow} {edge.To}" + (label.Length > 0 ? $" {label}" : "");
    }

    /// <summary>What stands at an edge: its weight and its lag, where they are known.</summary>
    public static string Label(GraphEdge edge)
    {
        string weight = edge.Weight is { } w ? Digits(w) : "";
        string lag = edge.Lag > 0 ? string.Create(CultureInfo.InvariantCulture, $"lag {edge.Lag}") : "";
        return weight.Length > 0 && lag.Length > 0 ? $"{weight}, {lag}" : weight + lag;
    }

    /// <summary>At most three significant digits, and none for show.</summary>
    private static string Digits(double weight) => Math.Abs(weight) is >= 0.001 and < 1000
        ? weight.ToString("G3", CultureInfo.InvariantCulture).Replace('-', '\u2212')
        : NumberTicks.Short(weight, AxisFormat.Number);
}
