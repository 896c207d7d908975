namespace FinML.Notebooks.Packages;

/// <summary>A reference, import or load that cannot be had: why, in one sentence, and what to do about it.</summary>
/// <param name="message">Why.</param>
/// <param name="hint">What to do; null where the message says it.</param>
internal sealed class ReferenceException(string message, string? hint = null) : Exception(message)
{
    internal string? Hint { get; } = hint;

    /// <summary>Whether it is for want of a network: what is on this machine may do.</summary>
    internal bool IsUnreachable { get; init; }

    /// <summary>The line that asked for it.</summary>
    internal ReferenceDirective? Directive { get; set; }
}
