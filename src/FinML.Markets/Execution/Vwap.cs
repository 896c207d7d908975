namespace FinML.Markets.Execution;

/// <summary>
/// Parts in proportion to the volume that is expected, for the volume-weighted average price. The profile is given
/// before the day begins, from days before; what the market does meanwhile changes nothing.
/// </summary>
public sealed class Vwap : IExecutionAlgorithm
{
    private readonly double[] cumulative; // (buckets + 1), 0 to 1

    /// <param name="profile">Expected volume of equal parts of the parent's time, in any unit, (buckets); not negative,
    /// one of them above 0.</param>
    /// <exception cref="ArgumentException">A volume is negative or not finite, or all are 0.</exception>
    public Vwap(IReadOnlyList<double> profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        foreach (double volume in profile)
            Require.InRange(volume, 0, 1e300 / Math.Max(1, profile.Count), nameof(profile));
        double total = profile.Sum();
        if (!(total > 0))
            throw new ArgumentException("One volume of the profile has to be above 0.", nameof(profile));
        cumulative = new double[profile.Count + 1];
        for (int i = 0; i < profile.Count; i++)
            cumulative[i + 1] = cumulative[i] + profile[i] / total;
        cumulative[^1] = 1;
    }

    /// <inheritdoc/>
    public string Name => $"vwap_{cumulative.Length - 1}";

    /// <inheritdoc/>
    public double Target(ParentOrder parent, in ExecutionProgress progress)
    {
        ArgumentNullException.ThrowIfNull(parent);
        double place = Math.Clamp(progress.SliceEnd, 0, 1) * (cumulative.Length - 1);
        int bucket = Math.Min((int)place, cumulative.Length - 2);
        double within = place - bucket;
        return parent.Quantity * ((1 - within) * cumulative[bucket] + within * cumulative[bucket + 1]);
    }
}
