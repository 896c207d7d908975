using System.Text.Json;
using System.Text.Json.Nodes;
using FinML.Notebooks.Zmtp;

namespace FinML.Notebooks.Protocol;

/// <summary>
/// What a Jupyter front end writes for the kernel that it starts: the address, five ports and the key of the
/// signatures.
/// </summary>
internal sealed record ConnectionFile
{
    private const string Transports = "tcp or ipc";

    /// <summary>"tcp" or "ipc".</summary>
    internal required string Transport { get; init; }

    /// <summary>The IP address; for ipc the beginning of the paths.</summary>
    internal required string Address { get; init; }

    /// <summary>Key of HMAC-SHA256; empty where messages are not signed.</summary>
    internal required string Key { get; init; }

    /// <summary>Requests: execute, complete, inspect ...</summary>
    internal required int Shell { get; init; }

    /// <summary>Interrupt and shutdown.</summary>
    internal required int Control { get; init; }

    /// <summary>Outputs and status, to all.</summary>
    internal required int Output { get; init; }

    /// <summary>Questions to the user.</summary>
    internal required int Input { get; init; }

    /// <summary>Echo.</summary>
    internal required int Heartbeat { get; init; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="NotebookFormatException">It cannot be read, or asks for what is not here.</exception>
    internal static ConnectionFile Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NotebookFormatException($"The connection file '{path}' cannot be read: {error.Message}");
        }

        return Parse(text, path);
    }

    /// <summary>Reads the text of a file.</summary>
    internal static ConnectionFile Parse(string text, string path)
    {
        JsonObject file;
        try
        {
            file = JsonNode.Parse(text) as JsonObject ?? throw Bad("it is not a JSON object");
        }
        catch (JsonException error)
        {
            throw Bad($"it is not JSON ({error.Message})");
        }

        if (file["curve_publickey"] is not null)
            throw Bad("it asks for encryption (curve_publickey), which this kernel does not speak; start Jupyter "
            + "without");
        string transport = Text("transport", "tcp");
        if (transport is not ("tcp" or "ipc"))
            throw Bad($"its transport is '{transport}'; it must be {Transports}");
        string scheme = Text("signature_scheme", "hmac-sha256");
        if (scheme != "hmac-sha256")
            throw Bad($"its signature_scheme is '{scheme}'; only hmac-sha256 is spoken here");
        return new ConnectionFile
        {
            Transport = transport,
            Address = Text("ip", null),
            Key = Text("key", ""),
            Shell = Port("shell_port"),
            Control = Port("control_port"),
            Output = Port("iopub_port"),
            Input = Port("stdin_port"),
            Heartbeat = Port("hb_port"),
        };

        string Text(string name, string? otherwise) => file[name] switch
        {
            JsonValue value when value.TryGetValue(out string? found) => found,
            null when otherwise is not null => otherwise,
            null => throw Bad($"'{name}' is missing"),
            _ => throw Bad($"'{name}' is not a text"),
        };

        int Port(string name) => file[name] switch
        {
            JsonValue value when value.TryGetValue(out int port) && port is >= 0 and <= 65535 => port,
            null => throw Bad($"'{name}' is missing"),
            JsonNode other => throw Bad($"'{name}' is {other.ToJsonString()}; it must be a port from 0 to 65535"),
        };

        NotebookFormatException Bad(string why) => new($"The connection file '{path}' cannot be used: {why}.");
    }

    /// <summary>The endpoint of a port; over ipc the port is the end of the path.</summary>
    internal ZmtpEndpoint Endpoint(int port) => Transport == "ipc"
        ? ZmtpEndpoint.Ipc($"{Address}-{port}")
        : ZmtpEndpoint.Tcp(Address, port);
}
