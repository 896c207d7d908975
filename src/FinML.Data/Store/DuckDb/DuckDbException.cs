namespace FinML.Data.Store;

/// <summary>DuckDB refused a statement or could not carry it out; the message is DuckDB's own.</summary>
public sealed class DuckDbException(string message) : Exception(message);
