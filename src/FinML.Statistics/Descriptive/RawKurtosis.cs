namespace FinML.Statistics;

/// <summary>
/// Fourth standardised moment, 3 for a normal distribution. The Sharpe formulas of Mertens, and of Bailey and Lopez de
/// Prado, take this one; a type keeps it from being mistaken for <see cref="ExcessKurtosis"/>.
/// </summary>
/// <param name="Value">E[(x - mean)^4] / variance^2, at least 1.</param>
public readonly record struct RawKurtosis(double Value)
{
    /// <summary>The kurtosis of a normal distribution.</summary>
    public static RawKurtosis Normal => new(3);

    /// <summary>The same number less 3.</summary>
    public ExcessKurtosis ToExcess() => new(Value - 3);
}
