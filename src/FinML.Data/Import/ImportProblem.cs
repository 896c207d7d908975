namespace FinML.Data;

/// <summary>What is wrong with a row, or with the file (row 0). Rows are lines of the file; the header is row
/// 1.</summary>
public readonly record struct ImportProblem(long Row, string Message)
{
    /// <summary>The problem as a sentence.</summary>
    public override string ToString() => Row > 0 ? $"Row {Row}: {Message}" : Message;
}
