using System.Text.Json.Nodes;
using FinML.Notebooks.Protocol;

namespace FinML.Notebooks.Kernel;

/// <content>What messages are made of, and how a cell's outputs become messages.</content>
internal sealed partial class KernelServer
{
    private static JsonObject Ok() => new() { ["status"] = "ok" };

    private static JsonObject Failure(string name, string message) => new()
    {
        ["status"] = "error",
        ["ename"] = name,
        ["evalue"] = message,
        ["traceback"] = new JsonArray(),
    };

    private static JsonObject Failure(NotebookError error)
    {
        JsonObject failure = Failure(error.Name, error.Message);
        failure["traceback"] = new JsonArray([.. error.Lines().Select(line => (JsonNode)line)]);
        return failure;
    }

    private static string Text(JupyterMessage request, string name) => request.Content[name] is JsonValue value
        && value.TryGetValue(out string? text)
            ? text
            : throw new FormatException($"'{name}' must be a text.");

    private static bool Flag(JupyterMessage request, string name, bool otherwise) =>
        request.Content[name] is JsonValue value && value.TryGetValue(out bool flag) ? flag : otherwise;

    private static int Cursor(JupyterMessage request, string code) =>
        request.Content["cursor_pos"] is JsonValue value && value.TryGetValue(out int position)
            ? CursorPosition.ToCodeUnits(code, position)
            : code.Length;

    /// <summary>The outputs of one request.</summary>
    private sealed class CellOutputs(KernelServer server, JupyterMessage request, bool allowInput) : IKernelOutput
    {
        internal bool Silent { get; init; }

        internal string? ResultText { get; private set; }

        public void Write(string stream, string text) =>
            Send("stream", new JsonObject { ["name"] = stream, ["text"] = text });

        public void Display(MimeBundle data, string? displayId) => Send("display_data", Shown(data, displayId));

        public void Update(MimeBundle data, string displayId) => Send("update_display_data", Shown(data, displayId));

        public void Result(MimeBundle data, int number)
        {
            ResultText = data.Text;
            JsonObject content = Shown(data, null);
            content.Remove("transient");
            content["execution_count"] = number;
            Send("execute_result", content);
        }

        public void Clear(bool wait) => Send("clear_output", new JsonObject { ["wait"] = wait });

        public async Task<string?> AskAsync(string prompt, bool password, CancellationToken stop)
        {
            if (!allowInput)
                return null;
            var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            server._answer = answer;
            server._input.Send(server._codec.Encode(server._codec.Create(
                "input_request", request, new JsonObject { ["prompt"] = prompt, ["password"] = password })));
            return await answer.Task.WaitAsync(stop).ConfigureAwait(false);
        }

        private void Send(string type, JsonObject content)
        {
            if (!Silent)
                server.Publish(type, request, content);
        }

        private static JsonObject Shown(MimeBundle data, string? displayId) => new()
        {
            ["data"] = data.ToMessage(),
            ["metadata"] = new JsonObject(),
            ["transient"] = displayId is null ? [] : new JsonObject { ["display_id"] = displayId },
        };
    }
}
