using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

/// <summary>Positions of the labels of a category axis: 0, 1, 2, ... in the order in which they first appear.</summary>
internal sealed class CategoryIndex
{
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    private readonly List<string> _labels = [];

    public IReadOnlyList<string> Labels => _labels;

    public int Count => _labels.Count;

    /// <summary>The labels of an x axis of a figure.</summary>
    public static CategoryIndex Of(Figure figure, int axis)
    {
        var index = new CategoryIndex();
        if (figure.XAxes[axis].Kind != AxisKind.Category)
            return index;
        Panel[] panels = [.. figure.OnXAxis(axis)];
        foreach (AxisValues x in panels.SelectMany(panel => panel.Traces).Select(trace => trace.X)
            .Concat(panels.SelectMany(panel => panel.Texts).Select(mark => mark.X))
            .Concat(figure.Verticals.Where(mark => mark.Axis == axis).Select(mark => mark.X))
            .Concat(figure.Spans.Where(mark => mark.Axis == axis).Select(mark => mark.Range)))
        {
            index.Add(x);
        }

        return index;
    }

    public static CategoryIndex Of(AxisValues values)
    {
        var index = new CategoryIndex();
        if (values.Kind == AxisKind.Category)
            index.Add(values);
        return index;
    }

    public double[] Positions(AxisValues x) =>
        x.Kind == AxisKind.Category ? Array.ConvertAll(x.Labels, label => (double)_positions[label]) : x.Values;

    private void Add(AxisValues x)
    {
        foreach (string label in x.Labels)
        {
            if (_positions.TryAdd(label, _labels.Count))
                _labels.Add(label);
        }
    }
}
