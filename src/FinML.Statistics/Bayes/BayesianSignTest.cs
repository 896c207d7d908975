using MathNet.Numerics;

namespace FinML.Statistics;

/// <summary>
/// Bayesian sign test of two models over several data sets, with a region of practical equivalence: the shares of data
/// sets on which the first is better, the two are equivalent, the second is better have a Dirichlet posterior whose
/// weights are the counts and the prior's; each probability is that its share is the largest of the three (Benavoli,
/// Corani, Demsar and Zaffalon 2017, "Time for a change", section 4.1). The largest of the shares is the largest of
/// independent gamma variables, so that the probabilities are integrals over one variable, computed here without
/// sampling.
/// </summary>
public sealed record BayesianSignTest
{
    private BayesianSignTest()
    {
    }

    /// <summary>Data sets on which the first is better by more than the ROPE.</summary>
    public required int FirstWins { get; init; }

    /// <summary>Data sets on which they differ by no more than the ROPE.</summary>
    public required int Ties { get; init; }

    /// <summary>Data sets on which the second is better by more than the ROPE.</summary>
    public required int SecondWins { get; init; }

    /// <summary>The three posterior probabilities. With a ROPE of 0 ties still have a share of their own.</summary>
    public required PracticalEquivalence Probabilities { get; init; }

    /// <summary>The prior.</summary>
    public required PseudoObservation Prior { get; init; }

    /// <summary>From scores of which more is better, one for each data set.</summary>
    /// <param name="first">Of the first model.</param>
    /// <param name="second">Of the second model on the same data sets.</param>
    /// <param name="rope">Half-width of the region of practical equivalence, in the unit of the scores, or 0.</param>
    /// <param name="prior"><see cref="PseudoObservation.One"/> by default.</param>
    public static BayesianSignTest OfScores(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, double rope = 0, PseudoObservation? prior = null) =>
        Make(CorrelatedTTest.Advantages(first, second, 1), rope, prior);

    /// <summary>From losses, of which less is better, one for each data set.</summary>
    /// <param name="first">Of the first model.</param>
    /// <param name="second">Of the second model on the same data sets.</param>
    /// <param name="rope">Half-width of the region of practical equivalence, in the unit of the losses, or 0.</param>
    /// <param name="prior"><see cref="PseudoObservation.One"/> by default.</param>
    public static BayesianSignTest OfLosses(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, double rope = 0, PseudoObservation? prior = null) =>
        Make(CorrelatedTTest.Advantages(first, second, -1), rope, prior);

    private static BayesianSignTest Make(double[] advantages, double rope, PseudoObservation? prior)
    {
        Guard.NotNegative(rope, nameof(rope));
        prior ??= PseudoObservation.One;
        Guard.Positive(prior.Strength, "the strength of the prior");
        int firstWins = advantages.Count(a => a > rope), secondWins = advantages.Count(a => a < -rope);
        int ties = advantages.Length - firstWins - secondWins;
        double[] weights = [firstWins, ties, secondWins];
        weights[prior.Outcome switch { PseudoOutcome.FirstBetter => 0, PseudoOutcome.SecondBetter => 2, _ => 1 }] +=
            prior.Strength;
        return new BayesianSignTest
        {
            FirstWins = firstWins,
            Ties = ties,
            SecondWins = secondWins,
            Prior = prior,
            Probabilities = new PracticalEquivalence(
                Largest(weights, 0), Largest(weights, 1), Largest(weights, 2), rope),
        };
    }

    /// <summary>P(the share at the index is the largest): integral of its gamma density times the others' distribution
    /// functions, over the logarithm.</summary>
    private static double Largest(double[] weights, int index)
    {
        double own = weights[index];
        if (own == 0)
            return 0;
        double[] others = [.. weights.Where((w, i) => i != index && w > 0)];
        if (others.Length == 0)
            return 1;
        double Log(double u)
        {
            double x = Math.Exp(u), log = own * u - x - SpecialFunctions.GammaLn(own);
            foreach (double other in others)
                log += Math.Log(SpecialFunctions.GammaLowerRegularized(other, x));
            return log;
        }

        double largest = weights.Max();
        (double, double)[] peaks = [.. weights.Where(w => w > 0).Select(w => (Math.Log(w), 1 / Math.Sqrt(1 + w)))];
        double upper = Math.Log(largest + 12 * Math.Sqrt(largest) + 60);
        return Math.Exp(LogIntegral.Over(Log, Panels.Around(-45, upper, peaks)).Value);
    }
}
