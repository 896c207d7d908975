using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace FinML.Notebooks.Kernel;

/// <summary>The open comms of a kernel: the channels that widgets talk through.</summary>
internal sealed class KernelComms
{
    private readonly ConcurrentDictionary<string, (string Target, Action<JsonObject>? Received)> _open = new();

    /// <summary>Opens a comm from our side.</summary>
    /// <param name="target">What the front end is to make of it, such as "jupyter.widget".</param>
    /// <param name="data">Its first message.</param>
    /// <param name="output">Where it is sent.</param>
    /// <param name="received">Hears the data of messages.</param>
    /// <returns>The comm's id.</returns>
    internal string Open(
        string target, JsonObject data, IKernelOutput output, Action<JsonObject>? received = null)
    {
        string id = Guid.NewGuid().ToString("N");
        _open[id] = (target, received);
        output.Comm("comm_open", new JsonObject { ["comm_id"] = id, ["target_name"] = target, ["data"] = data });
        return id;
    }

    /// <summary>Sends on an open comm.</summary>
    internal void Send(string id, JsonObject data, IKernelOutput output)
    {
        if (_open.ContainsKey(id))
            output.Comm("comm_msg", new JsonObject { ["comm_id"] = id, ["data"] = data });
    }

    /// <summary>Closes a comm from our side.</summary>
    internal void Close(string id, IKernelOutput output)
    {
        if (_open.TryRemove(id, out _))
            output.Comm("comm_close", new JsonObject { ["comm_id"] = id, ["data"] = new JsonObject() });
    }

    /// <summary>A message of the front end. A comm for a target that nobody here knows is closed at once, as the
    /// protocol asks.</summary>
    internal void Receive(string type, JsonObject content, IKernelOutput output)
    {
        string id = content["comm_id"]?.ToString() ?? "";
        switch (type)
        {
            case "comm_open" when !_open.ContainsKey(id):
                output.Comm("comm_close", new JsonObject { ["comm_id"] = id, ["data"] = new JsonObject() });
                break;
            case "comm_msg" when _open.TryGetValue(id, out var comm):
                comm.Received?.Invoke(content["data"] as JsonObject ?? []);
                break;
            case "comm_close":
                _open.TryRemove(id, out _);
                break;
        }
    }

    /// <summary>The open comms, of one target or of all.</summary>
    internal JsonObject Info(string? target)
    {
        var comms = new JsonObject();
        foreach ((string id, var comm) in _open)
        {
            if (target is null || comm.Target == target)
                comms[id] = new JsonObject { ["target_name"] = comm.Target };
        }

        return comms;
    }
}
