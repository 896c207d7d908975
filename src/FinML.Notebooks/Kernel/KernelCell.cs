namespace FinML.Notebooks.Kernel;

/// <summary>A cell to run.</summary>
/// <param name="Code">Its text.</param>
/// <param name="Number">n of In[n].</param>
/// <param name="AllowInput">Whether the front end can be asked for a line.</param>
internal sealed record KernelCell(string Code, int Number, bool AllowInput);
