using System.Collections.Immutable;

namespace FinML.Figures.Traces;

/// <summary>How the panels of a figure stand and what they share. Rows, one below the other with one x axis, are the
/// grid of one column.</summary>
/// <param name="Columns">The number of columns; a panel that finds its row full begins the next.</param>
/// <param name="X">Who shares an x axis.</param>
/// <param name="Y">Who shares a y axis.</param>
/// <param name="OneColorBar">Whether all heatmaps have one range of colours.</param>
/// <param name="Widths">Relative widths of the columns; empty where all are the same.</param>
internal sealed record PanelGrid(
    int Columns, AxisSharing X, AxisSharing Y, bool OneColorBar, ImmutableArray<double> Widths)
{
    public static readonly PanelGrid Rows = new(1, AxisSharing.All, AxisSharing.None, false, []);

    public double WidthOf(int column) => Widths.IsEmpty ? 1 : Widths[column];

    /// <summary>The number of the x axis of a panel.</summary>
    public int XGroup(Panel panel) => Group(X, panel.Column, panel);

    /// <summary>The number of the y axis of a panel.</summary>
    public int YGroup(Panel panel) => Group(Y, panel.Row, panel);

    private static int Group(AxisSharing sharing, int line, Panel panel) => sharing switch
    {
        AxisSharing.All => 0,
        AxisSharing.Aligned => line,
        _ => panel.Index,
    };
}
