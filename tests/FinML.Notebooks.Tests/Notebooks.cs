using System.Text.Json.Nodes;

namespace FinML.Notebooks.Tests;

/// <summary>Small notebooks for the tests, and what one wants to know of their runs.</summary>
internal static class Notebooks
{
    public static Notebook Of(params string[] code) =>
        Notebook.Create([.. code.Select((source, i) => NotebookCell.Create($"cell-{i + 1}", CellKind.Code, source))]);

    /// <summary>A notebook whose first cell is tagged "parameters".</summary>
    public static Notebook WithParameters(string parameters, params string[] code) => Notebook.Create(
    [
        NotebookCell.Create("defaults", CellKind.Code, parameters, "parameters"),
        .. code.Select((source, i) => NotebookCell.Create($"cell-{i + 1}", CellKind.Code, source)),
    ]);

    public static Task<NotebookRunResult> RunAsync(params string[] code) => RunAsync(Of(code), new());

    public static Task<NotebookRunResult> RunAsync(
        Notebook notebook, NotebookHostOptions options, INotebookProgress? progress = null,
        CancellationToken stop = default) =>
        new NotebookRunner(options, progress).RunAsync(notebook, stop);

    /// <summary>The text/plain of the cell's outputs, streams included, in order.</summary>
    public static string Text(NotebookRunResult result, int cell) => string.Concat(
        CodeCells(result)[cell - 1].Outputs.Select(output => output["output_type"]!.ToString() switch
        {
            "stream" => MultilineText.FromJson(output["text"]),
            "error" => string.Join('\n', ((JsonArray)output["traceback"]!).Select(line => line!.ToString())),
            _ => MultilineText.FromJson(output["data"]!["text/plain"]),
        }));

    public static IReadOnlyList<NotebookCell> CodeCells(NotebookRunResult result) =>
        [.. result.Executed.Cells.Where(cell => cell.Kind == CellKind.Code)];

    /// <summary>A folder of its own, deleted with the object.</summary>
    public sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("finml-notebooks-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
