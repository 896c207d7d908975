using System.Text.Json.Nodes;
using FinML.Notebooks.Protocol;

namespace FinML.Notebooks.Kernel;

/// <content>What helps to write a cell: completion, inspection, whether the code is whole.</content>
internal sealed partial class KernelServer
{
    private async Task<JsonObject> CompleteAsync(JupyterMessage request)
    {
        string code = Text(request, "code");
        KernelCompletions found = await _session.CompleteAsync(code, Cursor(request, code), _stop.Token)
            .ConfigureAwait(false);
        int start = CursorPosition.ToCharacters(code, found.Start), end = CursorPosition.ToCharacters(code, found.End);
        JsonObject reply = Ok();
        reply["matches"] = new JsonArray([.. found.Items.Select(item => (JsonNode)item.Text)]);
        reply["cursor_start"] = start;
        reply["cursor_end"] = end;
        reply["metadata"] = new JsonObject
        {
            ["_jupyter_types_experimental"] = new JsonArray([.. found.Items.Select(item => (JsonNode)new JsonObject
            {
                ["text"] = item.Text, ["type"] = item.Kind, ["start"] = start, ["end"] = end,
            })]),
        };
        return reply;
    }

    private async Task<JsonObject> InspectAsync(JupyterMessage request)
    {
        string code = Text(request, "code");
        bool detailed = request.Content["detail_level"] is JsonValue level && level.TryGetValue(out int n) && n > 0;
        MimeBundle? found = await _session.InspectAsync(code, Cursor(request, code), detailed, _stop.Token)
            .ConfigureAwait(false);
        JsonObject reply = Ok();
        reply["found"] = found is not null;
        reply["data"] = found?.ToMessage() ?? [];
        reply["metadata"] = new JsonObject();
        return reply;
    }

    private JsonObject IsComplete(JupyterMessage request)
    {
        string code = Text(request, "code");
        return _session.IsComplete(code) switch
        {
            CodeCompleteness.Complete => new JsonObject { ["status"] = "complete" },
            CodeCompleteness.Invalid => new JsonObject { ["status"] = "invalid" },
            _ => new JsonObject { ["status"] = "incomplete", ["indent"] = Indentation(code) },
        };
    }

    /// <summary>The last line's indentation, and four more behind an open brace.</summary>
    private static string Indentation(string code)
    {
        string last = code.Split('\n')[^1];
        string indent = last[..(last.Length - last.TrimStart().Length)];
        return last.TrimEnd().EndsWith('{') ? indent + "    " : indent;
    }
}
