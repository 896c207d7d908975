using System.Text.Json.Nodes;

namespace FinML.Notebooks;

/// <summary>
/// The progress bars of a cell as one widget: a box with a row for each, its label, its bar and the time that is left.
/// It is gone when the last bar ends. One thread at a time.
/// </summary>
internal sealed class ProgressRows(WidgetManager widgets)
{
    private readonly SortedDictionary<int, Row> _rows = [];
    private readonly WidgetModel _box = Box("VBoxModel", "VBoxView");
    private readonly List<WidgetModel> _parts = [];

    private sealed record Row(WidgetModel Line, WidgetModel Bar, WidgetModel Time, IReadOnlyList<WidgetModel> Parts);

    /// <summary>The box's place on the page.</summary>
    internal MimeBundle Show(MimeBundle text)
    {
        if (_box.Id is null)
            Open(_box, new JsonObject(), _parts);
        return widgets.Show(_box, text);
    }

    /// <summary>A bar stands somewhere else, or is new.</summary>
    /// <param name="number">Which.</param>
    /// <param name="label">What it is about.</param>
    /// <param name="fraction">0 to 1.</param>
    /// <param name="time">How far, how long, and what is left.</param>
    internal void Change(int number, string label, double fraction, string time)
    {
        if (_rows.TryGetValue(number, out Row? row))
        {
            widgets.Update(row.Bar, new JsonObject { ["value"] = fraction });
            widgets.Update(row.Time, new JsonObject { ["value"] = time });
            return;
        }

        var parts = new List<WidgetModel>();
        var style = new WidgetModel(
            "ProgressStyleModel", "StyleView", new JsonObject { ["description_width"] = "initial" },
            viewPackage: "base");
        widgets.Open(style);
        parts.Add(style);
        var bar = new WidgetModel("FloatProgressModel", "ProgressView", new JsonObject
        {
            ["_dom_classes"] = new JsonArray(),
            ["bar_style"] = "info",
            ["description"] = WidgetDialect.Label(label),
            ["max"] = 1.0,
            ["min"] = 0.0,
            ["orientation"] = "horizontal",
            ["style"] = style.Reference,
            ["value"] = fraction,
        });
        var text = new WidgetModel("LabelModel", "LabelView", new JsonObject
        {
            ["_dom_classes"] = new JsonArray(),
            ["description"] = "",
            ["value"] = time,
        });
        WidgetModel line = Box("HBoxModel", "HBoxView");
        Open(bar, new JsonObject { ["width"] = "420px" }, parts);
        Open(text, new JsonObject(), parts);
        line.State["children"] = new JsonArray(bar.Reference, text.Reference);
        Open(line, new JsonObject(), parts);
        _rows[number] = new Row(line, bar, text, parts);
        Arrange();
    }

    /// <summary>A bar is done with.</summary>
    internal void End(int number)
    {
        if (!_rows.Remove(number, out Row? row))
            return;
        Arrange();
        foreach (WidgetModel part in row.Parts.Reverse())
            widgets.Close(part);
        if (_rows.Count > 0)
            return;
        foreach (WidgetModel part in Enumerable.Reverse(_parts))
            widgets.Close(part);
        _parts.Clear();
    }

    private void Arrange() => widgets.Update(_box, new JsonObject
    {
        ["children"] = new JsonArray([.. _rows.Values.Select(row => (JsonNode)row.Line.Reference)]),
    });

    /// <summary>Opens a widget behind its layout.</summary>
    private void Open(WidgetModel model, JsonObject attributes, List<WidgetModel> parts)
    {
        var layout = new WidgetModel("LayoutModel", "LayoutView", attributes, "base", "base");
        widgets.Open(layout);
        model.State["layout"] = layout.Reference;
        widgets.Open(model);
        parts.Add(layout);
        parts.Add(model);
    }

    private static WidgetModel Box(string model, string view) => new(model, view, new JsonObject
    {
        ["_dom_classes"] = new JsonArray(),
        ["box_style"] = "",
        ["children"] = new JsonArray(),
    });
}
