namespace FinML.Data;

/// <summary>What <see cref="DataFetch"/> did.</summary>
/// <param name="Set">The data set.</param>
/// <param name="Path">Its file.</param>
/// <param name="Source">The file or the address that it came from; null where it was here already.</param>
/// <param name="SameFile">Whether it is the catalogue's file to the byte; false where its content is the same and its
/// compression another.</param>
public sealed record FetchResult(DataSet Set, string Path, string? Source, bool SameFile);
