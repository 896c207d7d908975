using System.Collections.Immutable;

namespace FinML.Figures.Traces;

/// <summary>One plot of a figure: its traces, its marks, its y axis.</summary>
internal sealed record FigureRow
{
    public ImmutableArray<Trace> Traces { get; init; } = [];

    public ImmutableArray<HorizontalMark> Horizontals { get; init; } = [];

    public ImmutableArray<TextMark> Texts { get; init; } = [];

    public double Height { get; init; } = 1;

    public string? Title { get; init; }

    public AxisOptions Y { get; init; } = new();
}
