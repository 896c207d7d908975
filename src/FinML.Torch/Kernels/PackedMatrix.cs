namespace FinML.Torch.Kernels;

/// <summary>
/// A matrix for products with one vector: panels of 16 rows, column by column, so that a step of the product reads one
/// register of weights per 16 results at every register width. The last panel is filled up with zero rows.
/// </summary>
internal sealed class PackedMatrix
{
    internal const int PanelRows = 16;

    /// <param name="rows">Results.</param>
    /// <param name="columns">Length of the vector.</param>
    /// <param name="weight">(rows, columns), row by row.</param>
    internal PackedMatrix(int rows, int columns, ReadOnlySpan<float> weight)
    {
        (Rows, Columns) = (rows, columns);
        int panels = (rows + PanelRows - 1) / PanelRows;
        Panels = GC.AllocateArray<float>(panels * PanelRows * columns, pinned: true);
        for (int i = 0; i < rows; i++)
        {
            int start = (i / PanelRows * PanelRows * columns) + (i % PanelRows);
            for (int j = 0; j < columns; j++)
                Panels[start + (j * PanelRows)] = weight[(i * columns) + j];
        }
    }

    internal int Rows { get; }

    internal int Columns { get; }

    /// <summary>(panels, columns, 16).</summary>
    internal float[] Panels { get; }
}
