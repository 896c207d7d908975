using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace FinML.Notebooks.Kernel;

/// <summary>The open comms of a kernel: the channels that widgets talk through.</summary>
internal sealed class KernelComms
{
    /// <summary>Hears the data of a message and where its outputs go; says what went wrong, or null.</summary>
    internal delegate Task<NotebookError?> Receiver(JsonObject data, IKernelOutput output);

    private readonly ConcurrentDictionary<string, Comm> _open = new();
    private readonly Dictionary<string, Action<string>> _targets = [];

    private sealed record Comm(string Target, Receiver? Received, Action? Closed);

    /// <summary>Sends a comm's message to every front end: its type, content and metadata.</summary>
    internal Action<string, JsonObject, JsonObject?> Publish { private get; set; } = (_, _, _) => { };

    /// <summary>What a front end may open a comm for.</summary>
    /// <param name="target">The name of it.</param>
    /// <param name="received">Hears the data of its messages and the comm's id.</param>
    /// <param name="opened">Hears the comm's id once it is open.</param>
    internal void Offer(string target, Action<string, JsonObject> received, Action<string>? opened = null) =>
        _targets[target] = id =>
        {
            _open[id] = new Comm(target, Received, null);
            opened?.Invoke(id);

            Task<NotebookError?> Received(JsonObject data, IKernelOutput output)
            {
                received(id, data);
                return Task.FromResult<NotebookError?>(null);
            }
        };

    /// <summary>Opens a comm from our side.</summary>
    /// <param name="target">What the front end is to make of it, such as "jupyter.widget".</param>
    /// <param name="data">Its first message.</param>
    /// <param name="metadata">The first message's metadata.</param>
    /// <param name="received">Hears the data of messages.</param>
    /// <param name="closed">Hears that the front end has closed it.</param>
    /// <returns>The comm's id.</returns>
    internal string Open(
        string target, JsonObject data, JsonObject? metadata = null, Receiver? received = null, Action? closed = null)
    {
        string id = Guid.NewGuid().ToString("N");
        _open[id] = new Comm(target, received, closed);
        Publish("comm_open", new JsonObject
        {
            ["comm_id"] = id,
            ["target_name"] = target,
            ["data"] = data,
        }, metadata);
        return id;
    }

    /// <summary>Sends on an open comm; nothing happens on one that is closed.</summary>
    internal void Send(string id, JsonObject data)
    {
        if (_open.ContainsKey(id))
            Publish("comm_msg", new JsonObject { ["comm_id"] = id, ["data"] = data }, null);
    }

    /// <summary>Closes a comm from our side.</summary>
    internal void Close(string id)
    {
        if (_open.TryRemove(id, out _))
            PublishClose(id);
    }

    /// <summary>
    /// A message of the front end. A comm for a target that nobody here knows is closed at once, as the protocol asks;
    /// so is one whose id nobody here knows, such as a widget's from before a restart.
    /// </summary>
    /// <returns>What the receiver of the message got wrong, or null.</returns>
    internal Task<NotebookError?> ReceiveAsync(string type, JsonObject content, IKernelOutput output)
    {
        string id = content["comm_id"] is JsonValue value && value.TryGetValue(out string? text)
            ? text
            : throw new FormatException("'comm_id' must be a text.");
        switch (type)
        {
            case "comm_open" when _open.ContainsKey(id):
                break; // another front end has come to a comm of ours
            case "comm_open" when _targets.TryGetValue(content["target_name"]?.ToString() ?? "", out var open):
                open(id);
                break;
            case "comm_msg" when _open.TryGetValue(id, out Comm? comm):
                return comm.Received?.Invoke(content["data"] as JsonObject ?? [], output)
                    ?? Task.FromResult<NotebookError?>(null);
            case "comm_close":
                if (_open.TryRemove(id, out Comm? closed))
                    closed.Closed?.Invoke();
                break;
            default:
                PublishClose(id);
                break;
        }

        return Task.FromResult<NotebookError?>(null);
    }

    /// <summary>The open comms, of one target or of all.</summary>
    internal JsonObject Info(string? target)
    {
        var comms = new JsonObject();
        foreach ((string id, Comm comm) in _open)
        {
            if (target is null || comm.Target == target)
                comms[id] = new JsonObject { ["target_name"] = comm.Target };
        }

        return comms;
    }

    private void PublishClose(string id) =>
        Publish("comm_close", new JsonObject { ["comm_id"] = id, ["data"] = new JsonObject() }, null);
}
