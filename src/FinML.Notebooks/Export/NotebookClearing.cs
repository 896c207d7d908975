using System.Text.Json.Nodes;

namespace FinML.Notebooks;

/// <summary>Takes what a run left out of a notebook.</summary>
public static class NotebookClearing
{
    /// <summary>
    /// A copy without outputs, execution counts, times of cells, the record of the run, and the cell of given
    /// parameters; what the author wrote stays as it is.
    /// </summary>
    public static Notebook Clear(Notebook notebook)
    {
        var clear = notebook.Clone();
        for (var i = clear.Cells.Count - 1; i >= 0; i--)
        {
            var cell = clear.Cells[i];
            if (cell.Tags.Contains(ParameterCell.InjectedTag))
            {
                clear.RemoveAt(i);
                continue;
            }

            if (cell.Kind == CellKind.Code)
                cell.SetOutputs(null, []);
            if (cell.Json["metadata"] is JsonObject metadata)
                metadata.Remove("execution");
        }

        clear.Metadata.Remove(RunRecord.Key);
        return clear;
    }
}
