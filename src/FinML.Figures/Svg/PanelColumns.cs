using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

/// <summary>
/// Where the columns of a figure begin and end. Between two plots stand the labels of the right one, what is beside the
/// left one, and what their x labels need; these gaps grow in the rounds of the layout and never shrink.
/// </summary>
internal sealed class PanelColumns(Figure figure)
{
    /// <summary>The least width of a plot.</summary>
    public const double LeastPlot = 60;

    private const double Gap = 16, LabelGap = 8;

    private readonly double[] _gaps = new double[figure.ColumnCount], _labels = new double[figure.ColumnCount];

    public double[] Left { get; } = new double[figure.ColumnCount];

    public double[] Right { get; } = new double[figure.ColumnCount];

    /// <summary>Room between the plots of a column and what stands before it; the first column has none.</summary>
    public IReadOnlyList<double> Gaps => _gaps;

    /// <summary>Where the labels of the y axes of a column begin.</summary>
    public double LabelsStart(int column) => Left[column] - _labels[column];

    /// <summary>The least width of the figure between its margins.</summary>
    public double LeastWidth => _gaps.Sum() + LeastPlot * Left.Length;

    /// <summary>Room for what stands to the right of a column's plots: colour bars and columns of numbers.</summary>
    public static double Beside(Figure figure, int column)
    {
        Panel[] panels = [.. figure.Panels.Where(panel => panel.Column == column)];
        double bars = figure.Arrangement.OneColorBar ? 0 : ColorBar.WidthOf(panels);
        return Math.Max(bars, NumberColumn.WidthOf(panels));
    }

    /// <summary>Room for ticks and titles of the y axes of a column.</summary>
    public static double LabelWidth(Figure figure, YAxisLabels[] labels, int column)
    {
        YAxisLabels[] own = [.. figure.Panels.Where(panel => panel.Column == column).Select(p => labels[p.Index])];
        return own.Length == 0 ? 0 : own.Max(y => y.TickWidth) + own.Max(y => y.TitleWidth);
    }

    /// <summary>Divides the width between the margins.</summary>
    public void Divide(double left, double right, YAxisLabels[] labels)
    {
        for (int c = 1; c < _gaps.Length; c++)
        {
            _labels[c] = LabelWidth(figure, labels, c);
            _gaps[c] = Math.Max(_gaps[c], Gap + Beside(figure, c - 1) + _labels[c]);
        }

        Place(left, right);
    }

    /// <summary>Places the plots, with the gaps as they are.</summary>
    public void Place(double left, double right)
    {
        double room = right - left - _gaps.Sum(), at = left;
        double total = Enumerable.Range(0, _gaps.Length).Sum(figure.Arrangement.WidthOf);
        for (int c = 0; c < _gaps.Length; c++)
        {
            Left[c] = at + _gaps[c];
            Right[c] = Left[c] + room * figure.Arrangement.WidthOf(c) / total;
            at = Right[c];
        }

        // The sum of widths may miss the margin by a rounding.
        Right[^1] = right;
    }

    /// <summary>Widens the gaps where the x labels of two neighbours would touch.</summary>
    public void Widen(XAxisLabels[] labels)
    {
        foreach (Panel panel in figure.Panels.Where(panel => panel.Column > 0 && figure.LabelsX(panel)))
        {
            Panel? before = figure.Panels.LastOrDefault(p => p.Row == panel.Row && p.Column == panel.Column - 1);
            XAxisLabels own = labels[panel.Index];
            double over = before is null || !figure.LabelsX(before) ? 0
                : Math.Max(labels[before.Index].RightReach - Right[before.Column], 0);
            // Turned labels run beside those of the neighbour.
            double reach = own.Turned ? 0 : Math.Max(own.LeftReach(Left[panel.Column]), 0);
            if (over + reach > 0)
                _gaps[panel.Column] = Math.Max(_gaps[panel.Column], over + reach + LabelGap);
        }
    }
}
