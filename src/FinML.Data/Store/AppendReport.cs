namespace FinML.Data.Store;

/// <summary>What an append committed.</summary>
/// <param name="Rows">Rows of all symbols; a row whose fields are all missing is none.</param>
/// <param name="Files">The new files.</param>
/// <param name="Generation">That of the manifest that has them.</param>
public sealed record AppendReport(long Rows, IReadOnlyList<StoreFile> Files, long Generation);
