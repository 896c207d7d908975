using System.Text.Json;
using System.Text.Json.Nodes;
using FinML.Notebooks.Kernel;

namespace FinML.Notebooks;

/// <summary>
/// The widgets of a session, over Jupyter's widget messages (protocol 2; jupyter-widgets/ipywidgets,
/// packages/schema/messages.md). Without comms there is no front end, and widgets are pictures.
/// </summary>
internal sealed class WidgetManager
{
    /// <summary>The media type of a widget's place on the page.</summary>
    internal const string View = "application/vnd.jupyter.widget-view+json";

    private const string Target = "jupyter.widget";
    private const string ControlTarget = "jupyter.widget.control";
    private const string VersionTarget = "jupyter.widget.version";

    private readonly KernelComms? _comms;
    private readonly Func<Action, int, IKernelOutput, Task<NotebookError?>>? _alone;
    private readonly Dictionary<string, WidgetModel> _models = [];
    private readonly Lock _gate = new();
    private bool _classic;

    /// <summary>Widgets without a front end.</summary>
    internal WidgetManager()
    {
    }

    /// <summary>Widgets that front ends show.</summary>
    /// <param name="comms">What they talk through.</param>
    /// <param name="alone">Runs work on the cells' thread, between cells; with the number of the cell that the work
    /// belongs to, and where its outputs go.</param>
    internal WidgetManager(KernelComms comms, Func<Action, int, IKernelOutput, Task<NotebookError?>> alone)
    {
        _comms = comms;
        _alone = alone;
        comms.Offer(ControlTarget, AnswerControl, _ => HasPage = true);
        comms.Offer(VersionTarget, (_, _) => { }, id =>
        {
            // Only the front end of 2016 asks.
            _classic = true;
            comms.Send(id, new JsonObject { ["version"] = WidgetDialect.Classic });
        });
    }

    /// <summary>Whether a front end may be there.</summary>
    internal bool IsLive => _comms is not null;

    /// <summary>Whether a page with the widgets of 2022 on has asked for them.</summary>
    internal bool HasPage { get; private set; }

    /// <summary>The number of the cell that runs.</summary>
    internal int Cell { get; set; }

    /// <summary>Tells the front ends of a widget. The widgets that it refers to come first.</summary>
    internal void Open(WidgetModel model)
    {
        if (_comms is null)
            return;
        model.Cell = Cell;
        model.Id = _comms.Open(
            Target, WidgetDialect.Open(model, _classic), new JsonObject { ["version"] = WidgetDialect.Protocol },
            (data, output) => ReceiveAsync(model, data, output), () => Forget(model));
        lock (_gate)
            _models[model.Id] = model;
    }

    /// <summary>Changes attributes of a widget here and, where it is open, in the front ends.</summary>
    internal void Update(WidgetModel model, JsonObject changes)
    {
        lock (_gate)
            Merge(model, changes);
        if (model.Id is { } id)
            _comms?.Send(id, WidgetDialect.Update(changes));
    }

    /// <summary>Takes a widget off every page.</summary>
    internal void Close(WidgetModel model)
    {
        if (model.Id is not { } id)
            return;
        Forget(model);
        _comms?.Close(id);
    }

    /// <summary>The place of an open widget on the page, with what stands there for those who cannot move it.</summary>
    internal MimeBundle Show(WidgetModel model, MimeBundle picture)
    {
        var view = new KeyValuePair<string, string>(View, ViewOf(model));
        if (!_classic)
            return new MimeBundle([view, .. picture.Parts]);
        // The front end of 2016 puts widgets above a cell's outputs, and would show the picture below them.
        _comms!.Send(model.Id!, new JsonObject { ["method"] = "display" });
        return new MimeBundle([view, new("text/plain", "")]);
    }

    private void Forget(WidgetModel model)
    {
        lock (_gate)
        {
            if (model.Id is { } id)
                _models.Remove(id);
            model.Id = null;
        }
    }

    private async Task<NotebookError?> ReceiveAsync(WidgetModel model, JsonObject data, IKernelOutput output)
    {
        // "backbone" is what the front end of 2016 calls an update.
        switch (data["method"]?.ToString())
        {
            case "request_state":
                JsonObject whole;
                lock (_gate)
                    whole = WidgetDialect.State(model, _classic);
                if (model.Id is { } id)
                    _comms!.Send(id, WidgetDialect.Update(whole));
                return null;
            case "update" when data["state"] is JsonObject state:
                return await ChangeAsync(model, state, output).ConfigureAwait(false);
            case "backbone" when data["sync_data"] is JsonObject state:
                return await ChangeAsync(model, state, output).ConfigureAwait(false);
            default:
                return null; // custom messages: none of ours has any
        }
    }

    private async Task<NotebookError?> ChangeAsync(WidgetModel model, JsonObject state, IKernelOutput output)
    {
        // A front end can change what a widget has, and nothing else.
        var known = new JsonObject();
        foreach ((string name, JsonNode? value) in state)
        {
            if (model.State.ContainsKey(name))
                known[name] = value?.DeepClone();
        }

        if (known.Count == 0 || model.Changed is not { } changed)
            return null;
        if (model.Id is { } id)
            _comms!.Send(id, WidgetDialect.Update((JsonObject)known.DeepClone(), echo: true));
        return await _alone!(
            () =>
            {
                if (changed(known) is { } correction)
                    Update(model, correction);
            },
            model.Cell, output).ConfigureAwait(false);
    }

    /// <summary>A page that is opened beside a running kernel asks for all widgets at once.</summary>
    private void AnswerControl(string comm, JsonObject data)
    {
        if (data["method"]?.ToString() != "request_states")
            return;
        var states = new JsonObject();
        lock (_gate)
        {
            foreach ((string id, WidgetModel model) in _models)
            {
                JsonObject state = WidgetDialect.State(model, classic: false);
                states[id] = new JsonObject
                {
                    ["model_name"] = model.ModelName,
                    ["model_module"] = state["_model_module"]!.DeepClone(),
                    ["model_module_version"] = state["_model_module_version"]!.DeepClone(),
                    ["state"] = state,
                };
            }
        }

        _comms!.Send(comm, new JsonObject
        {
            ["method"] = "update_states",
            ["states"] = states,
            ["buffer_paths"] = new JsonArray(),
        });
    }

    private static void Merge(WidgetModel model, JsonObject changes)
    {
        foreach ((string name, JsonNode? value) in changes)
            model.State[name] = value?.DeepClone();
    }

    private static string ViewOf(WidgetModel model) => JsonSerializer.Serialize(new JsonObject
    {
        ["model_id"] = model.Id,
        ["version_major"] = 2,
        ["version_minor"] = 0,
    });
}
