namespace FinML.Statistics;

/// <summary>Fourth standardised moment less 3, 0 for a normal distribution; at least -2.</summary>
/// <param name="Value">E[(x - mean)^4] / variance^2 - 3.</param>
public readonly record struct ExcessKurtosis(double Value)
{
    /// <summary>The same number plus 3.</summary>
    public RawKurtosis ToRaw() => new(Value + 3);
}
