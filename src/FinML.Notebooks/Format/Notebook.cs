using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace FinML.Notebooks;

/// <summary>
/// A notebook in nbformat 4.5: a typed view of its JSON, so that what it does not name is written back as it was read.
/// </summary>
public sealed class Notebook
{
    private readonly JsonObject json;
    private readonly List<NotebookCell> cells;

    internal Notebook(JsonObject json, List<NotebookCell> cells)
    {
        this.json = json;
        this.cells = cells;
    }

    /// <summary>A new notebook for the kernel .net-csharp with the given cells.</summary>
    public static Notebook Create(params NotebookCell[] cells)
    {
        var root = new JsonObject
        {
            ["cells"] = new JsonArray(),
            ["metadata"] = new JsonObject
            {
                ["kernelspec"] = new JsonObject
                {
                    ["display_name"] = ".NET (C#)",
                    ["language"] = "C#",
                    ["name"] = ".net-csharp",
                },
                ["language_info"] = new JsonObject
                {
                    ["file_extension"] = ".cs",
                    ["mimetype"] = "text/x-csharp",
                    ["name"] = "C#",
                    ["pygments_lexer"] = "csharp",
                },
                ["polyglot_notebook"] = new JsonObject
                {
                    ["kernelInfo"] = new JsonObject
                    {
                        ["defaultKernelName"] = "csharp",
                        ["items"] = new JsonArray(new JsonObject
                        {
                            ["aliases"] = new JsonArray(),
                            ["languageName"] = "csharp",
                            ["name"] = "csharp",
                        }),
                    },
                },
            },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        var notebook = new Notebook(root, []);
        foreach (var cell in cells)
            notebook.Insert(notebook.Cells.Count, cell);
        return notebook;
    }

    /// <summary>The cells in reading order.</summary>
    public IReadOnlyList<NotebookCell> Cells => cells;

    /// <summary>The notebook's metadata: kernelspec, language_info and whatever else the file has.</summary>
    public JsonObject Metadata
    {
        get
        {
            if (json["metadata"] is not JsonObject metadata)
                json["metadata"] = metadata = [];
            return metadata;
        }
    }

    /// <summary>The notebook's JSON object, cells included.</summary>
    public JsonObject Json => json;

    /// <summary>The first heading of the notebook's prose, or null where it has none.</summary>
    public string? Title =>
        cells.Where(cell => cell.Kind == CellKind.Markdown)
            .SelectMany(cell => cell.Source.Split('\n'))
            .Where(line => line.StartsWith("# ", StringComparison.Ordinal))
            .Select(line => line[2..].Trim())
            .FirstOrDefault();

    /// <summary>Inserts a cell.</summary>
    /// <exception cref="ArgumentException">A cell with the same id is there already.</exception>
    public void Insert(int index, NotebookCell cell)
    {
        if (cells.Any(other => other.Id == cell.Id))
            throw new ArgumentException($"The notebook already has a cell with the id \"{cell.Id}\".", nameof(cell));
        cells.Insert(index, cell);
        ((JsonArray)json["cells"]!).Insert(index, cell.Json);
    }

    /// <summary>Removes the cell at <paramref name="index"/>.</summary>
    public void RemoveAt(int index)
    {
        cells.RemoveAt(index);
        ((JsonArray)json["cells"]!).RemoveAt(index);
    }

    /// <summary>A copy that shares nothing with this one.</summary>
    public Notebook Clone() => NotebookFile.FromJson((JsonObject)json.DeepClone(), "the notebook");

    /// <summary>
    /// The identity of what the notebook computes: SHA-256 of its code cells in order (prose and outputs do not count)
    /// and of the parameters given to it, as lower-case hexadecimal.
    /// </summary>
    public string SourceHash(IReadOnlyDictionary<string, string> parameters)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Append(string text)
        {
            // A length before each part: no two lists of parts have the same bytes.
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        foreach (var cell in cells.Where(cell => cell.Kind == CellKind.Code))
            Append(cell.Source);
        foreach (var (name, value) in parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Append(name);
            Append(value);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
