using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FinML.Notebooks;

/// <summary>
/// A number that the reader of a notebook sets with the mouse; made by <see cref="SliderFactory"/>. In VS Code and
/// JupyterLab it is a slider; where nobody can move it (GitHub, <c>finml run</c>) it is a picture with its value.
/// </summary>
/// <typeparam name="T">int or double.</typeparam>
public sealed class Slider<T> : INotebookView
    where T : struct, INumber<T>
{
    private const int MostRounds = 100;

    private readonly WidgetManager _widgets;
    private readonly WidgetModel _model;
    private readonly List<Action<T>> _handlers = [];
    private T _value;
    private bool _telling;

    internal Slider(WidgetManager widgets, string label, T value, T min, T max, T step)
    {
        if (string.IsNullOrWhiteSpace(label))
            throw new ArgumentException("A slider needs a label.", nameof(label));
        foreach ((T number, string name) in new[] { (value, nameof(value)), (min, nameof(min)), (max, nameof(max)) })
        {
            if (!T.IsFinite(number))
                throw new ArgumentOutOfRangeException(name, Sentence($"{name} must be finite, but was {number}."));
        }

        if (min >= max)
            throw new ArgumentException(Sentence($"min must be below max, but they were {min} and {max}."));
        if (!(step > T.Zero && step <= max - min))
        {
            throw new ArgumentOutOfRangeException(
                nameof(step), Sentence($"step must be above 0 and at most max - min, but was {step}."));
        }

        _widgets = widgets;
        (Label, Min, Max, Step) = (label, min, max, step);
        _value = Checked(value);
        bool whole = typeof(T) == typeof(int);
        _model = new WidgetModel(
            whole ? "IntSliderModel" : "FloatSliderModel", whole ? "IntSliderView" : "FloatSliderView",
            new JsonObject
            {
                ["_dom_classes"] = new JsonArray(),
                ["continuous_update"] = true,
                ["description"] = WidgetDialect.Label(label),
                ["disabled"] = false,
                ["max"] = JsonValue.Create(max),
                ["min"] = JsonValue.Create(min),
                ["orientation"] = "horizontal",
                ["readout"] = true,
                ["readout_format"] = whole ? "d" : Format(double.CreateChecked(step)),
                ["step"] = JsonValue.Create(step),
                ["value"] = JsonValue.Create(_value),
            })
        {
            Changed = Hear,
        };
    }

    private static string Sentence(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>What stands beside it.</summary>
    public string Label { get; }

    /// <summary>The smallest value.</summary>
    public T Min { get; }

    /// <summary>The largest value.</summary>
    public T Max { get; }

    /// <summary>The distance between neighbouring values.</summary>
    public T Step { get; }

    /// <summary>
    /// Where it stands. A cell sees what the user set before the cell began; setting it moves the slider on the page
    /// and calls the handlers.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside of Min and Max.</exception>
    /// <exception cref="InvalidOperationException">It is set from another thread than the cell's.</exception>
    public T Value
    {
        get => _value;
        set
        {
            if (!CellThread.IsCurrent)
                throw new InvalidOperationException($"The slider '{Label}' is set by a cell's own thread only.");
            if (Checked(value) == _value)
                return;
            _value = value;
            _widgets.Update(_model, new JsonObject { ["value"] = JsonValue.Create(value) });
            Tell();
        }
    }

    /// <summary>
    /// Calls <paramref name="changed"/> with every new value. It runs on the cells' thread between cells, never beside
    /// a running cell; the stop button stops it.
    /// </summary>
    public void OnChange(Action<T> changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        _handlers.Add(changed);
    }

    /// <summary>Takes the slider off every page; its value stays.</summary>
    public void Close()
    {
        foreach (WidgetModel part in Parts.Append(_model))
            _widgets.Close(part);
        Parts = [];
    }

    /// <summary>Label, value and range.</summary>
    public override string ToString() => Sentence($"{Label}: {Text(_value)} ({Text(Min)} to {Text(Max)})");

    private IReadOnlyList<WidgetModel> Parts { get; set; } = [];

    MimeBundle INotebookView.Show()
    {
        string picture = WidgetPicture.Slider(
            Label, Text(_value), Text(Min), Text(Max),
            (double.CreateChecked(_value) - double.CreateChecked(Min))
                / (double.CreateChecked(Max) - double.CreateChecked(Min)));
        var still = new MimeBundle([new("image/svg+xml", picture), new("text/plain", ToString())]);
        if (!_widgets.IsLive)
            return still;
        if (_model.Id is null)
            Open();
        return _widgets.Show(_model, still);
    }

    private void Open()
    {
        foreach (WidgetModel part in Parts) // of an earlier opening that the front end has ended
            _widgets.Close(part);
        var layout = new WidgetModel(
            "LayoutModel", "LayoutView", new JsonObject { ["width"] = "480px" }, "base", "base");
        var style = new WidgetModel(
            "SliderStyleModel", "StyleView", new JsonObject { ["description_width"] = "initial" }, viewPackage: "base");
        Parts = [layout, style];
        foreach (WidgetModel part in Parts)
            _widgets.Open(part);
        _model.State["layout"] = layout.Reference;
        _model.State["style"] = style.Reference;
        _widgets.Open(_model);
    }

    /// <summary>What the user has set; anything that this slider does not have is put right in the front end.</summary>
    private JsonObject? Hear(JsonObject state)
    {
        if (!state.TryGetPropertyValue("value", out JsonNode? node))
            return null;
        double real = node?.GetValueKind() == JsonValueKind.Number
            && double.TryParse(node.ToJsonString(), CultureInfo.InvariantCulture, out double number)
                ? number
                : double.NaN;
        T? heard = real >= double.CreateChecked(Min) && real <= double.CreateChecked(Max)
            ? T.CreateChecked(typeof(T) == typeof(int) ? Math.Round(real) : real)
            : null;
        bool exact = heard is { } value && double.CreateChecked(value) == real;
        if (heard is { } next && next != _value)
        {
            _value = next;
            _model.State["value"] = JsonValue.Create(next);
            Tell();
        }

        return exact ? null : new JsonObject { ["value"] = JsonValue.Create(_value) };
    }

    /// <summary>Calls the handlers. One that sets the value has them called again, not within themselves.</summary>
    private void Tell()
    {
        if (_telling)
            return;
        _telling = true;
        try
        {
            for (int round = 1; ; round++)
            {
                T told = _value;
                foreach (Action<T> handler in _handlers.ToArray())
                    handler(told);
                if (_value == told)
                    return;
                if (round == MostRounds)
                {
                    throw new InvalidOperationException(Sentence(
                        $"The handlers of the slider '{Label}' set it anew {MostRounds} times; they never agree."));
                }
            }
        }
        finally
        {
            _telling = false;
        }
    }

    private T Checked(T value) => value >= Min && value <= Max
        ? value
        : throw new ArgumentOutOfRangeException(
            nameof(value), Sentence($"The slider '{Label}' runs from {Min} to {Max}, but the value was {value}."));

    private static string Text(T value) => value is double real
        ? real.ToString("G6", CultureInfo.InvariantCulture)
        : value.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>d3's format with the decimals that the step needs.</summary>
    private static string Format(double step)
    {
        int decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 8);
        while (decimals < 8 && Math.Abs(Math.Round(step, decimals) - step) > 1e-9 * step)
            decimals++;
        return FormattableString.Invariant($".{decimals}f");
    }
}
