using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FinML.Shared;

namespace FinML.Notebooks.Kernel;

/// <summary>
/// The kernel's entry in Jupyter's data folder: what makes VS Code and JupyterLab offer it. Installing writes one file;
/// removing takes its folder away.
/// </summary>
public sealed class KernelSpec
{
    private const string FileName = "kernel.json";
    private readonly string _folder;

    /// <summary>The entry in a data folder of Jupyter.</summary>
    /// <param name="dataFolder">Null for the user's own: JUPYTER_DATA_DIR where it is set, else the platform's.</param>
    public KernelSpec(string? dataFolder = null)
    {
        _folder = Path.Combine(dataFolder ?? UserDataFolder(), "kernels", KernelInfo.Name);
    }

    /// <summary>The entry's file.</summary>
    public string File => Path.Combine(_folder, FileName);

    /// <summary>Whether it is there.</summary>
    public bool IsInstalled => System.IO.File.Exists(File);

    /// <summary>Jupyter's data folder of the user.</summary>
    public static string UserDataFolder()
    {
        if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } set)
            return set;
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows())
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter");
        if (OperatingSystem.IsMacOS())
            return Path.Combine(home, "Library", "Jupyter");
        string data = Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } xdg
            ? xdg
            : Path.Combine(home, ".local", "share");
        return Path.Combine(data, "jupyter");
    }

    /// <summary>Writes the entry.</summary>
    /// <param name="command">What starts the kernel, an absolute path first; the connection file is added.</param>
    public void Install(IReadOnlyList<string> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Count == 0 || !Path.IsPathFullyQualified(command[0]) || !System.IO.File.Exists(command[0]))
            throw new ArgumentException(
                $"The kernel is started by '{command.FirstOrDefault()}', which is not a file at an absolute path; "
                + "front ends hide such a kernel.", nameof(command));
        var json = new JsonObject
        {
            ["argv"] = new JsonArray([.. command.Select(part => (JsonNode)part), "{connection_file}"]),
            ["display_name"] = ".NET (C#)",
            ["language"] = "C#",
            ["interrupt_mode"] = "message",
            ["metadata"] = new JsonObject { ["debugger"] = false },
        };
        Directory.CreateDirectory(_folder);
        AtomicFile.Write(File, Encoding.UTF8.GetBytes(json.ToJsonString(
            new JsonSerializerOptions { WriteIndented = true }) + "\n"));
    }

    /// <summary>Takes the entry away.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Uninstall()
    {
        if (!Directory.Exists(_folder))
            return false;
        Directory.Delete(_folder, recursive: true);
        return true;
    }

    /// <summary>The command in the entry, without the connection file.</summary>
    /// <exception cref="NotebookFormatException">The file cannot be read.</exception>
    public IReadOnlyList<string> Command()
    {
        try
        {
            var json = JsonNode.Parse(System.IO.File.ReadAllText(File));
            return [.. json!["argv"]!.AsArray().Select(part => part!.GetValue<string>())
                .Where(part => part != "{connection_file}")];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NullReferenceException
            or IOException or UnauthorizedAccessException)
        {
            throw new NotebookFormatException($"'{File}' is not a kernel's entry: {error.Message}");
        }
    }
}
