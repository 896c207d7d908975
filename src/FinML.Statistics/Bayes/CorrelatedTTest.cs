namespace FinML.Statistics;

/// <summary>
/// Bayesian t-test of two models on one data set from the scores of (repeated) cross-validation, whose training sets
/// overlap and whose scores are therefore correlated: the posterior of the mean difference is Student's t with n - 1
/// degrees of freedom, its variance s^2 (1 / n + rho / (1 - rho)) with rho = the share of the data in a test set
/// (Nadeau and Bengio 2003; Corani and Benavoli 2015, "A Bayesian approach for comparing cross-validated algorithms on
/// multiple data sets"). The same numbers as the corrected frequentist test; here they are probabilities of the
/// hypotheses.
/// </summary>
public sealed record CorrelatedTTest
{
    private CorrelatedTTest()
    {
    }

    /// <summary>Mean of (first - second), above 0 where the first is better (of losses: second - first).</summary>
    public required double Advantage { get; init; }

    /// <summary>Scale of the posterior.</summary>
    public required double StandardError { get; init; }

    /// <summary>n - 1.</summary>
    public required double DegreesOfFreedom { get; init; }

    /// <summary>rho: the correlation that the overlap of the training sets is taken to cause.</summary>
    public required double Correlation { get; init; }

    /// <summary>The three posterior probabilities.</summary>
    public required PracticalEquivalence Probabilities { get; init; }

    /// <summary>From scores of which more is better.</summary>
    /// <param name="first">Of the first model: one for each fold of each run.</param>
    /// <param name="second">Of the second model on the same folds.</param>
    /// <param name="rope">Half-width of the region of practical equivalence, in the unit of the scores, or 0.</param>
    /// <param name="runs">Repetitions of the cross-validation; must divide the number of scores.</param>
    public static CorrelatedTTest OfScores(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, double rope = 0, int runs = 1) =>
        Make(first, second, rope, runs, 1);

    /// <summary>From losses, of which less is better.</summary>
    /// <param name="first">Of the first model: one for each fold of each run.</param>
    /// <param name="second">Of the second model on the same folds.</param>
    /// <param name="rope">Half-width of the region of practical equivalence, in the unit of the losses, or 0.</param>
    /// <param name="runs">Repetitions of the cross-validation; must divide the number of losses.</param>
    public static CorrelatedTTest OfLosses(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, double rope = 0, int runs = 1) =>
        Make(first, second, rope, runs, -1);

    /// <summary>Posterior median and credible interval of the first model's advantage.</summary>
    /// <param name="level">Posterior probability of the interval, between 0 and 1.</param>
    public CredibleInterval AdvantageInterval(double level = 0.95) => CredibleInterval.Of(
        "advantage of the first", level,
        p => p == 0.5
            ? Advantage
            : Advantage + StandardError * Tails.StudentQuantile(p, DegreesOfFreedom));

    private static CorrelatedTTest Make(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, double rope, int runs, int sign)
    {
        double[] advantages = Advantages(first, second, sign);
        Guard.NotNegative(rope, nameof(rope));
        int n = advantages.Length;
        Guard.AtLeast(runs, 1, nameof(runs));
        if (n % runs != 0 || n / runs < 2)
            throw new ArgumentException(
                $"{n} scores do not make {runs} run{(runs == 1 ? "" : "s")} of two folds or more each.", nameof(runs));
        Guard.NotConstant(advantages, "the difference of the two models");
        Moments moments = Moments.Of(advantages);
        double rho = runs / (double)n;
        double error = Math.Sqrt(moments.Variance() * (1.0 / n + rho / (1 - rho)));
        double firstBetter = Tails.StudentUpper((rope - moments.Mean) / error, n - 1);
        double secondBetter = Tails.StudentUpper((rope + moments.Mean) / error, n - 1);
        return new CorrelatedTTest
        {
            Advantage = moments.Mean,
            StandardError = error,
            DegreesOfFreedom = n - 1,
            Correlation = rho,
            Probabilities = new PracticalEquivalence(
                firstBetter, rope == 0 ? 0 : Math.Max(0, 1 - firstBetter - secondBetter), secondBetter, rope),
        };
    }

    /// <summary>The first model's gains on the second, one for each pair.</summary>
    internal static double[] Advantages(ReadOnlySpan<double> first, ReadOnlySpan<double> second, int sign)
    {
        Guard.SameLength(first, second, nameof(first), nameof(second));
        Guard.Series(first, 2, nameof(first));
        Guard.Series(second, 2, nameof(second));
        var advantages = new double[first.Length];
        for (int i = 0; i < advantages.Length; i++)
            advantages[i] = sign * (first[i] - second[i]);
        return advantages;
    }
}
