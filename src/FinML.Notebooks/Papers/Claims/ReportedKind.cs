namespace FinML.Notebooks.Papers;

/// <summary>What a cell can report to a paper.</summary>
internal enum ReportedKind
{
    /// <summary>A claim's value.</summary>
    Claim,

    /// <summary>A figure.</summary>
    Figure,

    /// <summary>A table.</summary>
    Table,
}
