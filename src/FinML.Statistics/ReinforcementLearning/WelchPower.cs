namespace FinML.Statistics;

/// <summary>
/// How likely Welch's test is to find a difference of two algorithms with so many runs (seeds) of each: Colas, Sigaud
/// and Oudeyer (2018), "How many random seeds?", with the noncentral t distribution in the place of their shifted one.
/// The formula takes scores to be normal, and degrees of freedom as if the standard deviations were known; with 2 or 3
/// runs the true power is some points lower.
/// </summary>
public sealed record WelchPower
{
    /// <summary>The probability that the test rejects.</summary>
    public required double Power { get; init; }

    /// <summary>Standard error of a simulated power; 0 for one from the formula.</summary>
    public required double MonteCarloError { get; init; }

    /// <summary>Difference of the means, in the unit of the scores.</summary>
    public required double Difference { get; init; }

    /// <summary>Difference over the root of the mean of the two variances (Cohen's d).</summary>
    public required double Effect { get; init; }

    /// <summary>Runs of the first algorithm.</summary>
    public required int FirstRuns { get; init; }

    /// <summary>Runs of the second.</summary>
    public required int SecondRuns { get; init; }

    /// <summary>Size of the test.</summary>
    public required double Level { get; init; }

    /// <summary>What the test would have us believe where it rejects.</summary>
    public required Alternative Alternative { get; init; }

    /// <summary>By the formula.</summary>
    /// <param name="difference">Mean of the first less mean of the second.</param>
    /// <param name="firstDeviation">Standard deviation of the scores of the first, above 0.</param>
    /// <param name="secondDeviation">That of the second, above 0.</param>
    /// <param name="firstRuns">2 or more.</param>
    /// <param name="secondRuns">2 or more.</param>
    /// <param name="level">Size of the test, between 0 and 1.</param>
    /// <param name="alternative">Two-sided (default), or the side that is tested.</param>
    public static WelchPower Of(
        double difference,
        double firstDeviation,
        double secondDeviation,
        int firstRuns,
        int secondRuns,
        double level = 0.05,
        Alternative alternative = Alternative.TwoSided)
    {
        Guard.Finite(difference, nameof(difference));
        Guard.Positive(firstDeviation, nameof(firstDeviation));
        Guard.Positive(secondDeviation, nameof(secondDeviation));
        Guard.AtLeast(firstRuns, 2, nameof(firstRuns));
        Guard.AtLeast(secondRuns, 2, nameof(secondRuns));
        Guard.Between(level, 0, 1, nameof(level));
        double first = firstDeviation * firstDeviation, second = secondDeviation * secondDeviation;
        double df = WelchTest.Satterthwaite(first / firstRuns, firstRuns, second / secondRuns, secondRuns);
        double shift = difference / Math.Sqrt(first / firstRuns + second / secondRuns);
        return new WelchPower
        {
            Power = Rejects(shift, df, level, alternative),
            MonteCarloError = 0,
            Difference = difference,
            Effect = difference / Math.Sqrt((first + second) / 2),
            FirstRuns = firstRuns,
            SecondRuns = secondRuns,
            Level = level,
            Alternative = alternative,
        };
    }

    /// <summary>
    /// By simulation from the scores of a pilot study, whatever their distribution: runs are drawn from them with
    /// replacement and tested. It takes the pilot's difference to be the true one.
    /// </summary>
    /// <param name="first">Scores of the first algorithm's runs, 5 or more.</param>
    /// <param name="second">Scores of the second's, 5 or more.</param>
    /// <param name="runs">Runs of each in the study that is planned, 2 or more.</param>
    /// <param name="level">Size of the test.</param>
    /// <param name="alternative">Two-sided (default), or the side that is tested.</param>
    /// <param name="draws">Simulated studies, 100 to 10,000,000.</param>
    /// <param name="seed">Seed of the generator.</param>
    public static WelchPower Simulate(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        int runs,
        double level = 0.05,
        Alternative alternative = Alternative.TwoSided,
        int draws = 10_000,
        ulong seed = 0)
    {
        Guard.Series(first, 5, nameof(first));
        Guard.Series(second, 5, nameof(second));
        Guard.NotConstant(first, nameof(first));
        Guard.NotConstant(second, nameof(second));
        Guard.AtLeast(runs, 2, nameof(runs));
        Guard.Between(level, 0, 1, nameof(level));
        Guard.InRange(draws, 100, 10_000_000, nameof(draws));
        double[] a = first.ToArray(), b = second.ToArray(), drawnA = new double[runs], drawnB = new double[runs];
        var indices = new IndexDraws(seed);
        indices.Start(0);
        int rejected = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            for (int i = 0; i < runs; i++)
            {
                drawnA[i] = a[indices.Below(a.Length)];
                drawnB[i] = b[indices.Below(b.Length)];
            }

            // Two constant samples leave nothing to test with: not a rejection.
            if (!Guard.IsConstant(drawnA) || !Guard.IsConstant(drawnB))
                rejected += WelchTest.PValueOf(drawnA, drawnB, alternative) <= level ? 1 : 0;
        }

        Moments momentsA = Moments.Of(a), momentsB = Moments.Of(b);
        double power = rejected / (double)draws, difference = momentsA.Mean - momentsB.Mean;
        return new WelchPower
        {
            Power = power,
            MonteCarloError = Math.Sqrt(power * (1 - power) / draws),
            Difference = difference,
            Effect = difference / Math.Sqrt((momentsA.Variance() + momentsB.Variance()) / 2),
            FirstRuns = runs,
            SecondRuns = runs,
            Level = level,
            Alternative = alternative,
        };
    }

    private static double Rejects(double shift, double df, double level, Alternative alternative)
    {
        if (!Enum.IsDefined(alternative))
            throw new ArgumentOutOfRangeException(
                nameof(alternative), $"alternative is {(int)alternative}; it must be a named one.");
        double critical = StudentQuantile.Upper(df, alternative == Alternative.TwoSided ? level / 2 : level);
        double held = Math.Clamp(shift, -37, 37); // what is further off is found, or not, in any case
        return alternative switch
        {
            Alternative.Greater => 1 - NoncentralT.Cdf(critical, df, held),
            Alternative.Less => NoncentralT.Cdf(-critical, df, held),
            _ => 1 - NoncentralT.Cdf(critical, df, held) + NoncentralT.Cdf(-critical, df, held),
        };
    }
}
