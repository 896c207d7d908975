using System.Text;
using System.Text.Json.Nodes;
using FinML.Notebooks.Kernel;

namespace FinML.Notebooks.Tests.Kernel;

/// <summary>A kernel's session without sockets: what it sends to front ends is kept.</summary>
internal sealed class LiveSession : IAsyncDisposable
{
    private int _cells;

    internal LiveSession(NotebookHostOptions? options = null, int? spare = null)
    {
        Session = new InteractiveSession(options ?? new NotebookHostOptions(), spare);
        Session.Comms.Publish = (type, content, metadata) => Sent.Add(new Message(type, content, metadata));
    }

    internal sealed record Message(string Type, JsonObject Content, JsonObject? Metadata)
    {
        internal JsonObject Data => (JsonObject)Content["data"]!;

        internal string Id => Content["comm_id"]!.ToString();
    }

    internal InteractiveSession Session { get; }

    /// <summary>The messages of comms, in order.</summary>
    internal List<Message> Sent { get; } = [];

    /// <summary>What was shown, in order: an update has "updated" behind its id.</summary>
    internal RecordedOutput Output { get; } = new();

    /// <summary>Runs a cell.</summary>
    internal Task<NotebookError?> RunAsync(string code) =>
        Session.ExecuteAsync(new KernelCell(code, ++_cells, AllowInput: false), Output);

    /// <summary>Runs a cell that must not fail, and gives the text of its last output.</summary>
    internal async Task<string> TextAsync(string code)
    {
        NotebookError? error = await RunAsync(code);
        Assert.True(error is null, error?.Sentence);
        return Output.Shown[^1].Data.Text;
    }

    /// <summary>A message from the front end.</summary>
    internal Task<NotebookError?> ReceiveAsync(
        string type, string id, JsonObject? data = null, string? target = null) =>
        Session.Comms.ReceiveAsync(type, new JsonObject
        {
            ["comm_id"] = id,
            ["data"] = data ?? [],
            ["target_name"] = target,
        }, Output);

    /// <summary>The reader moves a slider.</summary>
    internal Task<NotebookError?> MoveAsync(string id, JsonNode? value) => ReceiveAsync("comm_msg", id, new JsonObject
    {
        ["method"] = "update",
        ["state"] = new JsonObject { ["value"] = value },
        ["buffer_paths"] = new JsonArray(),
    });

    public ValueTask DisposeAsync() => Session.DisposeAsync();

    internal sealed class RecordedOutput : IKernelOutput
    {
        internal List<(string? Id, bool Updated, MimeBundle Data)> Shown { get; } = [];

        private readonly StringBuilder _printed = new();

        internal string Printed => _printed.ToString();

        /// <summary>Lets go of what was kept.</summary>
        internal void Forget()
        {
            _printed.Clear();
            Shown.Clear();
        }

        public void Write(string stream, string text) => _printed.Append(text);

        public void Display(MimeBundle data, string? displayId) => Shown.Add((displayId, false, data));

        public void Update(MimeBundle data, string displayId) => Shown.Add((displayId, true, data));

        public void Result(MimeBundle data, int number) => Shown.Add((null, false, data));

        public void Clear(bool wait) => Shown.Clear();

        public Task<string?> AskAsync(string prompt, bool password, CancellationToken stop) =>
            Task.FromResult<string?>(null);
    }
}
