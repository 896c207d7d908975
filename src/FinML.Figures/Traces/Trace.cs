namespace FinML.Figures.Traces;

/// <summary>What is common to everything that carries data.</summary>
internal abstract record Trace
{
    public string? Name { get; init; }

    /// <summary>#rrggbb, or null for the palette's next.</summary>
    public string? Color { get; init; }

    public LineDash? Dash { get; init; }

    /// <summary>Line width in pixels, or null for the theme's.</summary>
    public double? Width { get; init; }

    public abstract string Noun { get; }

    /// <summary>How the trace is named in a sentence: the line 'agent'.</summary>
    public string Owner => Describe(Noun, Name);

    public abstract AxisValues X { get; }

    /// <summary>All y columns: their finite values span the axis.</summary>
    public abstract IReadOnlyList<double[]> Columns { get; }

    /// <summary>Whether the y axis must include zero.</summary>
    public virtual bool FromZero => false;

    /// <summary>The y axis of a trace that brings its own; null where y are numbers. Such a trace stands
    /// alone.</summary>
    public virtual AxisValues? OwnY => null;

    /// <summary>What the text plot and the description say of the trace, or null for the range of its y.</summary>
    public virtual string? Told(Func<double, string> show) => null;

    public static string Describe(string noun, string? name) => name is null ? $"the {noun}" : $"the {noun} '{name}'";

    /// <summary>The number of NaN or infinite values, which are drawn as gaps.</summary>
    public int Gaps => Columns.Count == 0 ? 0
        : Enumerable.Range(0, Columns[0].Length).Count(i => Columns.Any(c => !double.IsFinite(c[i])));
}

/// <summary>A line, a step line (the value holds until the next x) or an area down to zero.</summary>
internal sealed record LineTrace(AxisValues XValues, double[] Y, bool Step, bool Fill) : Trace
{
    public override string Noun => Fill ? "area" : Step ? "step line" : "line";

    public override AxisValues X => XValues;

    public override IReadOnlyList<double[]> Columns => [Y];

    public override bool FromZero => Fill;
}

/// <summary>The area between two curves.</summary>
internal sealed record BandTrace(AxisValues XValues, double[] Lower, double[] Upper) : Trace
{
    public override string Noun => "band";

    /// <summary>Whether both curves hold until the next x.</summary>
    public bool Step { get; init; }

    public override AxisValues X => XValues;

    public override IReadOnlyList<double[]> Columns => [Lower, Upper];
}

/// <summary>Markers.</summary>
internal sealed record ScatterTrace(AxisValues XValues, double[] Y, double Size) : Trace
{
    public override string Noun => "scatter";

    public override AxisValues X => XValues;

    public override IReadOnlyList<double[]> Columns => [Y];
}

/// <summary>Vertical bars from zero; several in a row stand beside each other. Errors are half widths, or
/// null.</summary>
internal sealed record BarTrace(AxisValues XValues, double[] Y, double[]? Lower, double[]? Upper) : Trace
{
    public override string Noun => "bars";

    public override AxisValues X => XValues;

    public override IReadOnlyList<double[]> Columns => Lower is null || Upper is null ? [Y] : [Y, Lower, Upper];

    public override bool FromZero => true;
}

/// <summary>Counts (or a density) of values in equal bins; Edges has one more element than Heights.</summary>
internal sealed record HistogramTrace(double[] Edges, double[] Heights, AxisValues Centres) : Trace
{
    public override string Noun => "histogram";

    public override AxisValues X => Centres;

    public override IReadOnlyList<double[]> Columns => [Heights];

    public override bool FromZero => true;
}

/// <summary>A grid of colours. Z is row-major: (y, x).</summary>
internal sealed record HeatmapTrace(AxisValues XValues, AxisValues YValues, double[] Z) : Trace
{
    public override string Noun => "heatmap";

    public override AxisValues X => XValues;

    public override IReadOnlyList<double[]> Columns => [];

    public override AxisValues? OwnY => YValues;

    public bool Diverging { get; init; }

    public bool ShowValues { get; init; }

    public AxisFormat Format { get; init; }

    public double Minimum { get; init; }

    public double Maximum { get; init; }

    public string? ColorBarTitle { get; init; }
}
