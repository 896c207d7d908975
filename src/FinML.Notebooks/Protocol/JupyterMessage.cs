using System.Text.Json.Nodes;

namespace FinML.Notebooks.Protocol;

/// <summary>A message of Jupyter's protocol.</summary>
internal sealed record JupyterMessage
{
    /// <summary>Who sent it or is to get it, in front of the delimiter; for outputs the topic.</summary>
    internal required IReadOnlyList<byte[]> Identities { get; init; }

    /// <summary>msg_id, msg_type, session, username, date, version.</summary>
    internal required JsonObject Header { get; init; }

    /// <summary>The header of the request that this answers; empty for none.</summary>
    internal JsonObject Parent { get; init; } = [];

    /// <summary>Metadata.</summary>
    internal JsonObject Metadata { get; init; } = [];

    /// <summary>What it says.</summary>
    internal JsonObject Content { get; init; } = [];

    /// <summary>Raw bytes behind the JSON frames.</summary>
    internal IReadOnlyList<byte[]> Buffers { get; init; } = [];

    /// <summary>msg_type.</summary>
    internal string Type => Header["msg_type"]?.GetValue<string>() ?? "";
}
