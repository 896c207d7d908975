namespace FinML.Figures.Svg;

/// <summary>A tick: where, its label, and a second line (the year under a month) where it changes.</summary>
internal sealed record Tick(double Value, string Label, string? Under = null);
