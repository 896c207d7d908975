namespace FinML.Statistics;

/// <summary>
/// Tests of Kolmogorov (1933) and Smirnov (1939): the largest distance of an empirical distribution function from a
/// given one, or of two of them from each other. For independent observations: serial dependence makes it reject too
/// often. For a distribution that was given: one fitted to the same data it rejects too rarely (Lilliefors 1967).
/// </summary>
public sealed record KolmogorovSmirnov
{
    private const int ExactOneSample = 1_000, LargestOneSample = 5_000;
    private const long ExactPairs = 4_000_000, LargestPairs = 400_000_000;

    /// <summary>
    /// D = sup |F1 - F2|; D+ = sup (F1 - F2) where the alternative is greater, D- = sup (F2 - F1) where it is less.
    /// </summary>
    public required double Statistic { get; init; }

    /// <summary>P(a distance as large, under the null).</summary>
    public required double PValue { get; init; }

    /// <summary>
    /// Greater: the distribution function of the (first) sample is greater somewhere, so that its values tend to be
    /// smaller.
    /// </summary>
    public required Alternative Alternative { get; init; }

    /// <summary>True where the p-value is that of this number of values, ties included; false where it is the limit.
    /// </summary>
    public required bool IsExact { get; init; }

    /// <summary>Values of the (first) sample.</summary>
    public required int Count { get; init; }

    /// <summary>Values of the second sample; 0 where there is one.</summary>
    public required int SecondCount { get; init; }

    /// <summary>Is the sample from a continuous distribution that was given before?</summary>
    /// <param name="values">One or more finite numbers.</param>
    /// <param name="distribution">Its distribution function: from 0 to 1, never falling.</param>
    /// <param name="alternative">See <see cref="Alternative"/>.</param>
    /// <param name="method">Exact: 5,000 values at most.</param>
    public static KolmogorovSmirnov OneSample(
        ReadOnlySpan<double> values,
        Func<double, double> distribution,
        Alternative alternative = Alternative.TwoSided,
        KolmogorovMethod method = KolmogorovMethod.Automatic)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        Guard.Series(values, 1, nameof(values));
        Named(alternative);
        int n = values.Length;
        bool exact = IsExactFor(method, n, ExactOneSample, LargestOneSample, "values");
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        double above = 0, below = 0, last = 0;
        for (int i = 0; i < n; i++)
        {
            double f = distribution(sorted[i]);
            if (!(f >= last && f <= 1))
                throw new ArgumentException(
                    $"distribution is {Guard.Text(f)} at {Guard.Text(sorted[i])}; it must rise from 0 to 1 and was " +
                    $"{Guard.Text(last)} before.", nameof(distribution));
            above = Math.Max(above, (i + 1.0) / n - f);
            below = Math.Max(below, f - i / (double)n);
            last = f;
        }

        double d = Pick(alternative, above, below);
        double p = exact
            ? alternative == Alternative.TwoSided
                ? KolmogorovDistribution.TwoSided(n, d)
                : KolmogorovDistribution.OneSided(n, d)
            : KolmogorovDistribution.Limit(Math.Sqrt(n) * d, alternative);
        return new KolmogorovSmirnov
        {
            Statistic = d,
            PValue = p,
            Alternative = alternative,
            IsExact = exact,
            Count = n,
            SecondCount = 0,
        };
    }

    /// <summary>Are two independent samples from one distribution? Exact with ties too, given where they are.</summary>
    /// <param name="first">One or more finite numbers.</param>
    /// <param name="second">One or more finite numbers.</param>
    /// <param name="alternative">See <see cref="Alternative"/>.</param>
    /// <param name="method">Exact: 400,000,000 pairs of a value of each at most.</param>
    public static KolmogorovSmirnov TwoSample(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        Alternative alternative = Alternative.TwoSided,
        KolmogorovMethod method = KolmogorovMethod.Automatic)
    {
        Guard.Series(first, 1, nameof(first));
        Guard.Series(second, 1, nameof(second));
        Named(alternative);
        int m = first.Length, n = second.Length;
        bool exact = IsExactFor(method, (long)m * n, ExactPairs, LargestPairs, "pairs of values");
        double[] a = first.ToArray(), b = second.ToArray();
        Array.Sort(a);
        Array.Sort(b);

        // Distances in units of 1 / (m n) are whole numbers; they are looked at where a run of equal values ends.
        var ends = new bool[m + n + 1];
        long above = 0, below = 0;
        for (int i = 0, j = 0; i < m || j < n;)
        {
            double value = j == n || (i < m && a[i] <= b[j]) ? a[i] : b[j];
            while (i < m && a[i] == value)
                i++;
            while (j < n && b[j] == value)
                j++;
            ends[i + j] = true;
            long difference = (long)i * n - (long)j * m;
            above = Math.Max(above, difference);
            below = Math.Max(below, -difference);
        }

        long d = (long)Pick(alternative, above, below); // exact: below 2^53
        double statistic = d / ((double)m * n);
        return new KolmogorovSmirnov
        {
            Statistic = statistic,
            PValue = exact
                ? KolmogorovDistribution.TwoSample(m, n, d, ends, alternative)
                : KolmogorovDistribution.Limit(Math.Sqrt((double)m * n / (m + n)) * statistic, alternative),
            Alternative = alternative,
            IsExact = exact,
            Count = m,
            SecondCount = n,
        };
    }

    private static double Pick(Alternative alternative, double above, double below) => alternative switch
    {
        Alternative.Greater => above,
        Alternative.Less => below,
        _ => Math.Max(above, below),
    };

    private static void Named(Alternative alternative)
    {
        if (!Enum.IsDefined(alternative))
            throw new ArgumentOutOfRangeException(
                nameof(alternative), $"alternative is {(int)alternative}; it must be a named one.");
    }

    private static bool IsExactFor(KolmogorovMethod method, long size, long automatic, long largest, string what)
    {
        if (!Enum.IsDefined(method))
            throw new ArgumentOutOfRangeException(nameof(method), $"method is {(int)method}; it must be a named one.");
        if (method == KolmogorovMethod.Exact && size > largest)
            throw new ArgumentException(
                $"method is Exact with {size} {what}; it goes up to {largest}: take Asymptotic.", nameof(method));
        return method == KolmogorovMethod.Exact || (method == KolmogorovMethod.Automatic && size <= automatic);
    }
}
