namespace FinML.Data;

/// <summary>A data file, a catalogue or an import is not what it should be; the message is one sentence for the
/// user.</summary>
public sealed class DataException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The data set that may not be shipped and has not been fetched, where that is what is wrong; null
    /// elsewhere.</summary>
    public DataSet? NotFetched { get; init; }
}
