namespace FinML.Notebooks;

/// <summary>A cell whose fresh outputs are not the stored ones.</summary>
/// <param name="Cell">The number of the code cell, from 1; what In[n] names.</param>
/// <param name="Id">The cell's id in the file.</param>
/// <param name="Caption">The heading above the cell, or its first line.</param>
/// <param name="Differences">What differs.</param>
public sealed record CellDrift(int Cell, string Id, string Caption, IReadOnlyList<OutputDifference> Differences);
