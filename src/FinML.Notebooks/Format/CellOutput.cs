using System.Text.Json.Nodes;

namespace FinML.Notebooks;

/// <summary>An output of a code cell, by nbformat's <c>output_type</c>.</summary>
public abstract record CellOutput
{
    private CellOutput()
    {
    }

    /// <summary>The output as nbformat stores it.</summary>
    public abstract JsonObject ToJson();

    /// <summary>Text that the cell wrote.</summary>
    /// <param name="Name">"stdout" or "stderr".</param>
    /// <param name="Text">The text, with its line ends.</param>
    public sealed record Stream(string Name, string Text) : CellOutput
    {
        /// <inheritdoc/>
        public override JsonObject ToJson() => new()
        {
            ["name"] = Name,
            ["output_type"] = "stream",
            ["text"] = MultilineText.ToJson(Text),
        };
    }

    /// <summary>A value that the cell displayed.</summary>
    public sealed record Display(MimeBundle Data) : CellOutput
    {
        /// <inheritdoc/>
        public override JsonObject ToJson() => new()
        {
            ["data"] = Data.ToJson(),
            ["metadata"] = new JsonObject(),
            ["output_type"] = "display_data",
        };
    }

    /// <summary>The value of the cell's last expression.</summary>
    public sealed record Result(int ExecutionCount, MimeBundle Data) : CellOutput
    {
        /// <inheritdoc/>
        public override JsonObject ToJson() => new()
        {
            ["data"] = Data.ToJson(),
            ["execution_count"] = ExecutionCount,
            ["metadata"] = new JsonObject(),
            ["output_type"] = "execute_result",
        };
    }

    /// <summary>The exception or compile error that ended the cell.</summary>
    public sealed record Error(NotebookError Value) : CellOutput
    {
        /// <inheritdoc/>
        public override JsonObject ToJson() => new()
        {
            ["ename"] = Value.Name,
            ["evalue"] = Value.Message,
            ["output_type"] = "error",
            ["traceback"] = new JsonArray([.. Value.Lines().Select(line => (JsonNode)line)]),
        };
    }
}
