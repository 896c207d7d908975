using System.Text.Json.Nodes;

namespace FinML.Notebooks;

/// <summary>
/// How a front end wants the state of a widget. That of 2017 on (ipywidgets 7 and 8; VS Code, JupyterLab, notebook 7)
/// takes a range of versions of the modules @jupyter-widgets/base and controls; the one before it (ipywidgets 6, which
/// Debian has for its classic notebook) has one module and no envelope around the state.
/// </summary>
internal static class WidgetDialect
{
    /// <summary>The version of the messages, which comm_open carries in its metadata.</summary>
    internal const string Protocol = "2.1.0";

    /// <summary>The old front end's version, which it asks the kernel for.</summary>
    internal const string Classic = "~2.1.4";

    private const string Modules = "^1.0.0 || ^2.0.0";

    /// <summary>The state with the names and modules of the model and its view.</summary>
    internal static JsonObject State(WidgetModel model, bool classic)
    {
        string Module(string kind) => classic ? "jupyter-js-widgets" : "@jupyter-widgets/" + kind;

        var state = new JsonObject
        {
            ["_model_name"] = model.ModelName,
            ["_model_module"] = Module(model.Package),
            ["_model_module_version"] = classic ? Classic : Modules,
            ["_view_name"] = classic ? model.ViewName ?? "WidgetView" : model.ViewName,
            ["_view_module"] = Module(model.ViewPackage),
            ["_view_module_version"] = classic ? Classic : Modules,
        };
        foreach ((string name, JsonNode? value) in model.State)
            state[name] = value?.DeepClone();
        return state;
    }

    /// <summary>The data of the message that opens a widget.</summary>
    internal static JsonObject Open(WidgetModel model, bool classic) => classic
        ? State(model, classic)
        : new JsonObject { ["state"] = State(model, classic), ["buffer_paths"] = new JsonArray() };

    /// <summary>The data of a message that changes a widget.</summary>
    /// <param name="state">What changes.</param>
    /// <param name="echo">Whether it repeats what a front end said, for the others.</param>
    internal static JsonObject Update(JsonObject state, bool echo = false) => new()
    {
        ["method"] = echo ? "echo_update" : "update",
        ["state"] = state,
        ["buffer_paths"] = new JsonArray(),
    };

    /// <summary>
    /// A text for a label. Older front ends set labels as HTML: a word joiner behind a &lt; that could open a tag makes
    /// it a character for them, and is not to be seen for the others.
    /// </summary>
    internal static string Label(string text)
    {
        for (int i = text.Length - 2; i >= 0; i--)
        {
            if (text[i] == '<' && (char.IsAsciiLetter(text[i + 1]) || text[i + 1] is '/' or '!' or '?'))
                text = text.Insert(i + 1, "\u2060");
        }

        return text;
    }
}
