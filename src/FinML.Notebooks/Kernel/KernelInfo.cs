using System.Text.Json.Nodes;

namespace FinML.Notebooks.Kernel;

/// <summary>What the kernel says of itself.</summary>
internal static class KernelInfo
{
    /// <summary>The name under which it is installed: that of .NET Interactive, which notebooks carry.</summary>
    internal const string Name = ".net-csharp";

    internal static string Version { get; } = typeof(KernelInfo).Assembly.GetName().Version?.ToString(3) ?? "0";

    internal static JsonObject Create() => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = "5.3",
        ["implementation"] = "finml",
        ["implementation_version"] = Version,
        ["banner"] = $"FinML Workbench {Version}: C# with the workbench's libraries.",
        ["help_links"] = new JsonArray(),
        ["language_info"] = new JsonObject
        {
            ["name"] = "C#",
            ["version"] = "14.0",
            ["mimetype"] = "text/x-csharp",
            ["file_extension"] = ".cs",
            ["pygments_lexer"] = "csharp",
            ["codemirror_mode"] = "text/x-csharp",
            ["nbconvert_exporter"] = "script",
        },
    };
}
