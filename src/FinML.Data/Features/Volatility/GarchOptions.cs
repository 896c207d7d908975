namespace FinML.Data.Features;

/// <summary>How a GARCH volatility is fitted walk-forward.</summary>
public sealed record GarchOptions
{
    /// <summary>The returns that each fit sees, the last ones before it; at least <see cref="Garch.FewestReturns"/>.
    /// Four years of days by default.</summary>
    public int Window { get; init; } = 1008;

    /// <summary>The rows from one fit to the next, at least 1; a month of days by default.</summary>
    public int RefitEvery { get; init; } = 21;

    /// <summary>By whose root the volatility is multiplied; 1 leaves it per row.</summary>
    public double RowsPerYear { get; init; } = 1;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Validate()
    {
        FeatureGuard.AtLeast(Window, Garch.FewestReturns, nameof(Window));
        FeatureGuard.AtLeast(RefitEvery, 1, nameof(RefitEvery));
        FeatureGuard.AboveZero(RowsPerYear, nameof(RowsPerYear));
    }
}
