using System.Collections.Immutable;

namespace FinML.Figures.Traces;

/// <summary>One plot of a figure: its place, its traces, its marks, its y axis.</summary>
internal sealed record Panel
{
    /// <summary>Place among the panels of the figure, row by row.</summary>
    public int Index { get; init; }

    public int Row { get; init; }

    public int Column { get; init; }

    public ImmutableArray<Trace> Traces { get; init; } = [];

    public ImmutableArray<HorizontalMark> Horizontals { get; init; } = [];

    public ImmutableArray<TextMark> Texts { get; init; } = [];

    /// <summary>Height relative to other rows; that of a row is its highest panel's.</summary>
    public double Height { get; init; } = 1;

    public string? Title { get; init; }

    /// <summary>The same in all panels that share the axis.</summary>
    public AxisOptions Y { get; init; } = new();

    /// <summary>Whether nothing has been put into the panel.</summary>
    public bool IsEmpty => Traces.IsEmpty && Horizontals.IsEmpty && Texts.IsEmpty;
}
