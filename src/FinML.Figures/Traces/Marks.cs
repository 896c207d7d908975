namespace FinML.Figures.Traces;

/// <summary>A reference line across a panel at a y value.</summary>
internal sealed record HorizontalMark(double Y, string? Label, LineDash Dash);

/// <summary>A reference line at an x position, in one panel or (null) in all of an x axis.</summary>
internal sealed record VerticalMark(AxisValues X, string? Label, LineDash Dash, int Axis, int? Panel);

/// <summary>A shaded stretch of x, in one panel or (null) in all of an x axis.</summary>
internal sealed record SpanMark(AxisValues Range, string? Label, string? Color, int Axis, int? Panel);

/// <summary>A text that points at a place in the data.</summary>
internal sealed record TextMark(AxisValues X, double Y, string Text);
