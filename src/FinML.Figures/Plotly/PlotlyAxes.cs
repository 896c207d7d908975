using System.Text.Json;
using FinML.Figures.Svg;
using FinML.Figures.Traces;

namespace FinML.Figures.Plotly;

/// <summary>
/// The axes of a figure in plotly's terms. Each panel has a y axis; the panels of a column have one x axis, unless each
/// has its own. Axes that are shared across columns or rows match the first of them. Plots of a grid stand where the
/// SVG has them.
/// </summary>
internal sealed class PlotlyAxes
{
    private const double RowGap = 0.05;

    private readonly Figure _figure;

    private readonly List<Panel> _first = [];

    private readonly int[] _numbers;

    private readonly FigureLayout? _layout;

    public PlotlyAxes(Figure figure, SeriesStyle[][] styles)
    {
        _figure = figure;
        _numbers = new int[figure.Panels.Length];
        bool own = figure.Arrangement.X == AxisSharing.None;
        foreach (Panel panel in figure.Panels)
        {
            int known = own ? -1 : _first.FindIndex(first => first.Column == panel.Column);
            _numbers[panel.Index] = known >= 0 ? known : _first.Count;
            if (known < 0)
                _first.Add(panel);
        }

        if (!IsStack)
            _layout = FigureLayout.Create(figure, new SvgOptions(), styles, [], legendFits: true);
    }

    /// <summary>Whether the panels are rows that share one x axis.</summary>
    public bool IsStack => _figure.ColumnCount == 1 && _figure.Arrangement.X != AxisSharing.None;

    /// <summary>Plotly's name of a panel's x axis: x, x2, x3, ...</summary>
    public string X(Panel panel) => Name("x", _numbers[panel.Index]);

    /// <summary>Plotly's name of a panel's y axis: y, y2, y3, ...</summary>
    public string Y(Panel panel) => Name("y", panel.Index);

    /// <summary>Left, bottom, right and top of a panel as shares of the figure.</summary>
    public (double Left, double Bottom, double Right, double Top) Domain(Panel panel)
    {
        if (_layout is null)
            return RowDomain(panel.Index);
        (PlotArea all, PlotArea own) = (_layout.All, _layout.Plots[panel.Index]);
        return (Share(own.Left - all.Left, all.Width), Share(all.Bottom - own.Bottom, all.Height),
            Share(own.Right - all.Left, all.Width), Share(all.Bottom - own.Top, all.Height));
    }

    /// <summary>The share of the plots' height that the titles of a grid's first row take above it.</summary>
    public double TitleRoom => _layout is null || _figure.Panels.All(p => p.Row > 0 || p.Title is null) ? 0
        : Math.Round(18 / _layout.All.Height, 4);

    /// <summary>Pixels that the labels of the first column need.</summary>
    public double LabelWidth => _layout is null ? 0 : _layout.YLabels.Max(labels => labels.TickWidth);

    public void Write(Utf8JsonWriter json)
    {
        for (int number = 0; number < _first.Count; number++)
            AxisX(json, number);
        foreach (Panel panel in _figure.Panels)
            AxisY(json, panel);
    }

    private static string Name(string axis, int number) => number == 0 ? axis : $"{axis}{number + 1}";

    private static double Share(double pixels, double of) => Math.Round(Math.Clamp(pixels / of, 0, 1), 6);

    private (double Left, double Bottom, double Right, double Top) RowDomain(int row)
    {
        double total = _figure.Panels.Sum(p => p.Height), room = 1 - RowGap * (_figure.Panels.Length - 1), top = 1;
        for (int r = 0; ; r++)
        {
            double height = room * _figure.Panels[r].Height / total;
            double bottom = r == _figure.Panels.Length - 1 ? 0 : top - height;
            if (r == row)
                return (0, Math.Round(Math.Max(bottom, 0), 6), 1, Math.Round(top, 6));
            top = bottom - RowGap;
        }
    }

    private void AxisX(Utf8JsonWriter json, int number)
    {
        Panel panel = _first[number], lowest = _figure.Panels.Last(p => _numbers[p.Index] == number);
        int group = _figure.Arrangement.XGroup(panel);
        HorizontalAxis axis = _figure.XAxes[group];
        json.WriteStartObject(Name("xaxis", number));
        if (_figure.IsGraph)
            json.WriteBoolean("visible", false);
        // A title that all columns share stands once, as a note below them.
        if (_figure.ColumnCount == 1 || _figure.Arrangement.X != AxisSharing.All)
            PlotlyWriter.Title(json, axis.Title);
        json.WriteString("type", axis.Kind switch
        {
            AxisKind.Date => "date",
            AxisKind.Category => "category",
            _ => axis.Log ? "log" : "linear",
        });
        json.WriteString("anchor", Y(lowest));
        if (!IsStack)
        {
            (double left, _, double right, _) = Domain(panel);
            Pair(json, left, right);
        }

        if (number > 0 && _figure.Arrangement.X == AxisSharing.All)
            json.WriteString("matches", "x");
        Range(json, axis.Options, axis.Kind, Shown(group));
        if (axis.Options.Format == AxisFormat.Percent)
            json.WriteString("tickformat", ".0%");
        if (_figure.OnXAxis(group).Any(p => p.Traces.Any(t => t is CandleTrace)))
        {
            json.WriteStartObject("rangeslider");
            json.WriteBoolean("visible", false);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void AxisY(Utf8JsonWriter json, Panel panel)
    {
        (_, double bottom, _, double top) = Domain(panel);
        Panel first = _figure.SharingY(panel).First();
        json.WriteStartObject(Name("yaxis", panel.Index));
        if (_figure.LabelsY(panel) && (_figure.Arrangement.Y != AxisSharing.All || _figure.RowCount == 1))
            PlotlyWriter.Title(json, panel.Y.Title);
        AxisKind kind = panel.Traces is [{ OwnY: { } own }] ? own.Kind : AxisKind.Number;
        json.WriteString("type", kind switch
        {
            AxisKind.Date => "date",
            AxisKind.Category => "category",
            _ => panel.Y.Log ? "log" : "linear",
        });
        json.WriteString("anchor", X(panel));
        Pair(json, bottom, top);
        if (first.Index != panel.Index)
            json.WriteString("matches", Y(first));
        if (!_figure.LabelsY(panel))
        {
            json.WriteBoolean("showticklabels", false);
            json.WriteString("ticks", "");
        }

        bool data = !panel.Traces.IsEmpty && panel.Traces[0].OwnY is null;
        Range(json, panel.Y, kind, data ? Svg.Domain.OfY(_figure, panel) : (0, 1));
        if (panel.Y.Format == AxisFormat.Percent)
            json.WriteString("tickformat", ".0%");
        if (_figure.IsGraph)
            json.WriteBoolean("visible", false);
        if (kind == AxisKind.Category || _figure.IsGraph)
            json.WriteString("autorange", "reversed");
        json.WriteEndObject();
    }

    private (double, double) Shown(int group) => _figure.TraceCount == 0 ? (0, 1)
        : Svg.Domain.OfX(_figure, group, CategoryIndex.Of(_figure, group));

    private static void Pair(Utf8JsonWriter json, double from, double to)
    {
        json.WriteStartArray("domain");
        json.WriteNumberValue(from);
        json.WriteNumberValue(to);
        json.WriteEndArray();
    }

    private static void Range(
        Utf8JsonWriter json, AxisOptions axis, AxisKind kind, (double Minimum, double Maximum) shown)
    {
        // Where the author set an end, the range is the one that the SVG shows too.
        if (axis.Minimum is null && axis.Maximum is null)
            return;
        json.WriteStartArray("range");
        foreach (double end in (double[])[shown.Minimum, shown.Maximum])
        {
            if (kind == AxisKind.Date)
                json.WriteStringValue(AxisValues.DateText(end));
            else
                json.WriteNumberValue(axis.Log ? Math.Log10(end) : end);
        }

        json.WriteEndArray();
    }
}
