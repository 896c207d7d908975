namespace FinML.Statistics;

/// <summary>What a permutation test asks of every arrangement: is its statistic as extreme as the data's?</summary>
/// <param name="Statistic">Its name.</param>
/// <param name="Scheme">What is rearranged.</param>
/// <param name="Estimate">The statistic of the data.</param>
/// <param name="Alternative">Which side is extreme.</param>
/// <param name="Tolerance">What rounding may make of a tie, in the unit of the statistic.</param>
internal sealed record PermutationQuestion(
    string Statistic, string Scheme, double Estimate, Alternative Alternative, double Tolerance)
{
    private readonly double _threshold = Extremeness(Estimate, Alternative) - Tolerance;

    /// <summary>The tolerance of a function that is not known: a few hundred units in the last place.</summary>
    internal static double Relative(double estimate) => 1e-13 * Math.Abs(estimate);

    /// <summary>Throws where the statistic of an arrangement is not finite.</summary>
    internal static double Finite(string name, double statistic) => double.IsFinite(statistic)
        ? statistic
        : throw new InvalidOperationException(
            $"The {name} of an arrangement is {Guard.Text(statistic)}; it must be finite for every arrangement of " +
            "the data.");

    internal bool Counts(double statistic) => Extremeness(statistic, Alternative) >= _threshold;

    internal int Count(ReadOnlySpan<double> statistics)
    {
        int count = 0;
        foreach (double statistic in statistics)
            count += Counts(statistic) ? 1 : 0;
        return count;
    }

    /// <summary>The statistic turned so that more is more extreme.</summary>
    internal double Extremeness(double statistic) => Extremeness(statistic, Alternative);

    internal PermutationTest Exact(long extreme, long arrangements, int blockLength, ulong seed) => new()
    {
        Statistic = Statistic,
        Estimate = Estimate,
        Alternative = Alternative,
        PValue = extreme / (double)arrangements,
        MonteCarloError = 0,
        IsExact = true,
        Extreme = extreme,
        Arrangements = arrangements,
        StoppedEarly = false,
        Scheme = Scheme,
        BlockLength = blockLength,
        Seed = seed,
    };

    internal PermutationTest Drawn(long extreme, long drawn, bool stopped, PermutationOptions options)
    {
        double p = stopped ? extreme / (double)drawn : (extreme + 1.0) / (drawn + 1.0);
        return new PermutationTest
        {
            Statistic = Statistic,
            Estimate = Estimate,
            Alternative = Alternative,
            PValue = p,
            MonteCarloError = stopped ? p * Math.Sqrt((1 - p) / extreme) : Math.Sqrt(p * (1 - p) / (drawn + 1.0)),
            IsExact = false,
            Extreme = extreme,
            Arrangements = drawn,
            StoppedEarly = stopped,
            Scheme = Scheme,
            BlockLength = options.BlockLength,
            Seed = options.Seed,
        };
    }

    private static double Extremeness(double statistic, Alternative alternative) => alternative switch
    {
        Alternative.TwoSided => Math.Abs(statistic),
        Alternative.Greater => statistic,
        Alternative.Less => -statistic,
        _ => throw new ArgumentOutOfRangeException(
            nameof(alternative), $"alternative is {(int)alternative}; it must be a named one."),
    };
}
