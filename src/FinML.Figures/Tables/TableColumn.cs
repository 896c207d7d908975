namespace FinML.Figures.Tables;

/// <summary>What a table knows of a column.</summary>
internal sealed record TableColumn(string Header, CellFormat Format, Alignment Alignment, Best Best, string? Group);
