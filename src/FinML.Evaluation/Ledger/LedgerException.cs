namespace FinML.Evaluation;

/// <summary>
/// The ledger cannot be read or written, or is not what it should be; the message says which file and why.
/// </summary>
public sealed class LedgerException : Exception
{
    public LedgerException(string message)
        : base(message)
    {
    }

    public LedgerException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
