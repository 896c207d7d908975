namespace FinML.Statistics;

/// <summary>Priors and sampling of <see cref="HierarchicalComparison"/>; the defaults are baycomp's.</summary>
public sealed record HierarchicalComparisonOptions
{
    /// <summary>Repetitions of cross-validation behind each row: the folds of a run are scores / runs, and the
    /// correlation of two scores is 1 / folds (Nadeau and Bengio 2003).</summary>
    public int Runs { get; init; } = 1;

    /// <summary>Bounds of the uniform prior on the shape of the gamma prior on nu - 1.</summary>
    public (double Lower, double Upper) Shape { get; init; } = (1, 2);

    /// <summary>Bounds of the uniform prior on its rate.</summary>
    public (double Lower, double Upper) Rate { get; init; } = (0.01, 0.1);

    /// <summary>Upper bound of the spreads, in multiples of those seen.</summary>
    public double SpreadBound { get; init; } = 1000;

    /// <summary>The sampler's options, seed included.</summary>
    public NutsOptions Sampling { get; init; } = new() { TargetAcceptance = 0.9 };

    /// <summary>Throws where an option is out of its range.</summary>
    public void Validate()
    {
        Guard.AtLeast(Runs, 1, nameof(Runs));
        Ordered(Shape, nameof(Shape));
        Ordered(Rate, nameof(Rate));
        Guard.Positive(SpreadBound, nameof(SpreadBound));
        ArgumentNullException.ThrowIfNull(Sampling);
        Sampling.Validate();
    }

    private static void Ordered((double Lower, double Upper) range, string name)
    {
        if (!(range.Lower > 0 && range.Upper > range.Lower && double.IsFinite(range.Upper)))
            throw new ArgumentException(
                $"{name} is from {Guard.Text(range.Lower)} to {Guard.Text(range.Upper)}; the bounds must be above 0, "
                + "finite and in order.", name);
    }
}
