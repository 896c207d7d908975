namespace FinML.Notebooks;

/// <summary>What a cell holds, by nbformat's <c>cell_type</c>.</summary>
public enum CellKind
{
    /// <summary>Source that is run, with outputs.</summary>
    Code,

    /// <summary>Prose in Markdown.</summary>
    Markdown,

    /// <summary>Text that is passed through.</summary>
    Raw,
}
