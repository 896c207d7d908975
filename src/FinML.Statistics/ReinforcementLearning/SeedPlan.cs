using MathNet.Numerics.Distributions;

namespace FinML.Statistics;

/// <summary>
/// How many runs (seeds) of each of two algorithms Welch's test needs to find a difference: the fewest with the power
/// that is asked for, by <see cref="WelchPower"/>.
/// </summary>
public sealed record SeedPlan
{
    private const int MostRuns = 1_000_000;

    /// <summary>Runs of each algorithm.</summary>
    public required int Runs { get; init; }

    /// <summary>What they give; at least what was asked for.</summary>
    public required WelchPower Achieved { get; init; }

    /// <summary>The power asked for.</summary>
    public required double Power { get; init; }

    /// <summary>Plans by known standard deviations.</summary>
    /// <param name="difference">The least difference that should be found; not 0, and on the side that is tested.
    /// </param>
    /// <param name="firstDeviation">Standard deviation of the scores of the first algorithm, above 0.</param>
    /// <param name="secondDeviation">That of the second, above 0.</param>
    /// <param name="power">Above the level, below 1; .8 is usual.</param>
    /// <param name="level">Size of the test.</param>
    /// <param name="alternative">Two-sided (default), or the side that is tested.</param>
    /// <exception cref="ArgumentException">More than 1,000,000 runs would be needed.</exception>
    public static SeedPlan For(
        double difference,
        double firstDeviation,
        double secondDeviation,
        double power = 0.8,
        double level = 0.05,
        Alternative alternative = Alternative.TwoSided)
    {
        Guard.Between(level, 0, 1, nameof(level));
        Guard.Between(power, level, 1, nameof(power));
        if (difference == 0 || (alternative == Alternative.Greater && difference < 0)
            || (alternative == Alternative.Less && difference > 0))
            throw new ArgumentOutOfRangeException(
                nameof(difference),
                $"difference is {Guard.Text(difference)} and the alternative {alternative}; no number of runs " +
                "finds it.");
        WelchPower At(int runs) => WelchPower.Of(
            difference, firstDeviation, secondDeviation, runs, runs, level, alternative);
        int enough = 2;
        while (At(enough).Power < power)
        {
            enough *= 2;
            if (enough > MostRuns)
                throw new ArgumentException(
                    $"A difference of {Guard.Text(difference)} at standard deviations of " +
                    $"{Guard.Text(firstDeviation)} and {Guard.Text(secondDeviation)} needs more than {MostRuns} runs.",
                    nameof(difference));
        }

        int tooFew = enough / 2;
        while (enough - tooFew > 1)
        {
            int middle = (tooFew + enough) / 2;
            if (At(middle).Power >= power)
                enough = middle;
            else
                tooFew = middle;
        }

        return new SeedPlan { Runs = enough, Achieved = At(enough), Power = power };
    }

    /// <summary>
    /// Plans by the runs of a pilot study. Standard deviations of few runs are rough, and a plan by them falls short
    /// about half of the time; so the upper ends of their one-sided chi-squared intervals are taken.
    /// </summary>
    /// <param name="first">Scores of the first algorithm's runs in the pilot, 3 or more, not constant.</param>
    /// <param name="second">Scores of the second's, 3 or more, not constant.</param>
    /// <param name="difference">The least difference that should be found.</param>
    /// <param name="confidence">
    /// That a true standard deviation is no greater than the one the plan takes; .8 by default.
    /// </param>
    /// <param name="power">Above the level, below 1.</param>
    /// <param name="level">Size of the test.</param>
    /// <param name="alternative">Two-sided (default), or the side that is tested.</param>
    public static SeedPlan FromPilot(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        double difference,
        double confidence = 0.8,
        double power = 0.8,
        double level = 0.05,
        Alternative alternative = Alternative.TwoSided)
    {
        Guard.Between(confidence, 0, 1, nameof(confidence));
        return For(
            difference, Upper(first, confidence, nameof(first)), Upper(second, confidence, nameof(second)), power,
            level, alternative);
    }

    /// <summary>
    /// Runs of each algorithm by effect and power, for equal standard deviations: the table of a planning page.
    /// </summary>
    /// <param name="effects">Differences over the standard deviation, above 0.</param>
    /// <param name="powers">Above the level, below 1.</param>
    /// <param name="level">Size of the two-sided test.</param>
    /// <returns>(effects, powers).</returns>
    public static int[,] Table(ReadOnlySpan<double> effects, ReadOnlySpan<double> powers, double level = 0.05)
    {
        Guard.Series(effects, 1, nameof(effects));
        Guard.Series(powers, 1, nameof(powers));
        var runs = new int[effects.Length, powers.Length];
        for (int e = 0; e < effects.Length; e++)
        {
            for (int p = 0; p < powers.Length; p++)
                runs[e, p] = For(effects[e], 1, 1, powers[p], level).Runs;
        }

        return runs;
    }

    /// <summary>s sqrt((n - 1) / chi-squared quantile at 1 - confidence).</summary>
    private static double Upper(ReadOnlySpan<double> scores, double confidence, string name)
    {
        Guard.Series(scores, 3, name);
        Guard.NotConstant(scores, name);
        int df = scores.Length - 1;
        return Moments.Of(scores).StandardDeviation() * Math.Sqrt(df / ChiSquared.InvCDF(df, 1 - confidence));
    }
}
