namespace FinML.Statistics;

/// <summary>Beta(a, b) prior on a probability: as if a - 1 successes and b - 1 failures had been seen before.</summary>
public sealed record BetaPrior
{
    /// <summary>Makes a prior.</summary>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    public BetaPrior(double a, double b)
    {
        Guard.Positive(a, nameof(a));
        Guard.Positive(b, nameof(b));
        (A, B) = (a, b);
    }

    /// <summary>Beta(1, 1).</summary>
    public static BetaPrior Uniform { get; } = new(1, 1);

    /// <summary>Beta(1/2, 1/2), Jeffreys' prior for estimation.</summary>
    public static BetaPrior Jeffreys { get; } = new(0.5, 0.5);

    /// <summary>First shape, of the successes.</summary>
    public double A { get; }

    /// <summary>Second shape, of the failures.</summary>
    public double B { get; }
}
