namespace FinML.Notebooks;

/// <summary>What a magic cannot do, in one sentence.</summary>
/// <param name="message">The sentence.</param>
/// <param name="line">How many lines below the magic's own line it is about.</param>
public sealed class MagicException(string message, int line = 0) : Exception(message)
{
    /// <summary>How many lines below the magic's own line it is about.</summary>
    public int Line => line;
}
