using FinML.Shared;

namespace FinML.Statistics;

/// <summary>
/// Bayesian signed-rank test of two models over several data sets, with a region of practical equivalence. The
/// differences have a Dirichlet process prior; a posterior draw weighs the data sets (and the imagined one of the
/// prior) by Dirichlet weights w, and gives each model the weight w_i w_j of the pairs whose sum d_i + d_j is beyond
/// twice the ROPE on its side (half of it on the edge). Each probability is the share of draws in which its weight is
/// the largest. Benavoli, Mangili, Corani, Zaffalon and Ruggeri (2014), "A Bayesian Wilcoxon signed-rank test based on
/// the Dirichlet process"; with a ROPE, Benavoli et al. (2017). A draw takes O(n), by sums of weights over the sorted
/// differences.
/// </summary>
public sealed record BayesianSignedRankTest
{
    private BayesianSignedRankTest()
    {
    }

    /// <summary>Number of data sets.</summary>
    public required int Count { get; init; }

    /// <summary>The three posterior probabilities.</summary>
    public required PracticalEquivalence Probabilities { get; init; }

    /// <summary>The largest standard error of the three, from the finite number of draws.</summary>
    public required double MonteCarloError { get; init; }

    /// <summary>The prior.</summary>
    public required PseudoObservation Prior { get; init; }

    /// <summary>Draws from the posterior.</summary>
    public required int Draws { get; init; }

    /// <summary>Seed of the generator.</summary>
    public required ulong Seed { get; init; }

    /// <summary>From scores of which more is better, one for each data set.</summary>
    /// <param name="first">Of the first model.</param>
    /// <param name="second">Of the second model on the same data sets.</param>
    /// <param name="rope">Half-width of the region of practical equivalence, in the unit of the scores, or 0.</param>
    /// <param name="prior"><see cref="PseudoObservation.Half"/> by default.</param>
    /// <param name="draws">From 100 to 100,000,000.</param>
    /// <param name="seed">Seed of the generator.</param>
    public static BayesianSignedRankTest OfScores(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        double rope = 0,
        PseudoObservation? prior = null,
        int draws = 50_000,
        ulong seed = 0) =>
        Make(CorrelatedTTest.Advantages(first, second, 1), rope, prior, draws, seed);

    /// <summary>From losses, of which less is better, one for each data set.</summary>
    /// <param name="first">Of the first model.</param>
    /// <param name="second">Of the second model on the same data sets.</param>
    /// <param name="rope">Half-width of the region of practical equivalence, in the unit of the losses, or 0.</param>
    /// <param name="prior"><see cref="PseudoObservation.Half"/> by default.</param>
    /// <param name="draws">From 100 to 100,000,000.</param>
    /// <param name="seed">Seed of the generator.</param>
    public static BayesianSignedRankTest OfLosses(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        double rope = 0,
        PseudoObservation? prior = null,
        int draws = 50_000,
        ulong seed = 0) =>
        Make(CorrelatedTTest.Advantages(first, second, -1), rope, prior, draws, seed);

    private static BayesianSignedRankTest Make(
        double[] advantages, double rope, PseudoObservation? prior, int draws, ulong seed)
    {
        Guard.NotNegative(rope, nameof(rope));
        Guard.InRange(draws, 100, 100_000_000, nameof(draws));
        prior ??= PseudoObservation.Half;
        Guard.Positive(prior.Strength, "the strength of the prior");
        double imagined = prior.Outcome switch
        {
            PseudoOutcome.FirstBetter => double.PositiveInfinity,
            PseudoOutcome.SecondBetter => double.NegativeInfinity,
            _ => 0,
        };
        double[] sorted = [imagined, .. advantages];
        double[] strengths = new double[sorted.Length];
        Array.Fill(strengths, 1);
        strengths[0] = prior.Strength;
        Array.Sort(sorted, strengths);
        int[][] cuts = [.. sorted.Select(value => Cuts(sorted, value, 2 * rope))];

        int first = 0, second = 0;
        double[] cumulative = new double[sorted.Length + 1];
        for (int draw = 0; draw < draws; draw++)
        {
            DirichletWeights.Draw(strengths, seed, (ulong)draw, cumulative);
            double total = cumulative[^1], below = 0, above = 0;
            for (int i = 0; i < sorted.Length; i++)
            {
                double weight = cumulative[i + 1] - cumulative[i];
                below += weight * (cumulative[cuts[i][0]] + cumulative[cuts[i][1]]);
                above += weight * (2 * total - cumulative[cuts[i][2]] - cumulative[cuts[i][3]]);
            }

            // Twice the weights, of a total of 2 total^2.
            double within = rope == 0 ? double.NegativeInfinity : 2 * total * total - below - above;
            if (above > below && above > within)
                first++;
            else if (below >= above && below > within)
                second++;
        }

        double p = first / (double)draws, q = second / (double)draws, middle = (draws - first - second) / (double)draws;
        double variance = Math.Max(p * (1 - p), Math.Max(q * (1 - q), middle * (1 - middle)));
        return new BayesianSignedRankTest
        {
            Count = advantages.Length,
            Probabilities = new PracticalEquivalence(p, middle, q, rope),
            MonteCarloError = Math.Sqrt(variance / draws),
            Prior = prior,
            Draws = draws,
            Seed = seed,
        };
    }

    /// <summary>How many of the sorted values have a sum with this one that is below -edge; at most -edge; below edge;
    /// at most edge.</summary>
    private static int[] Cuts(double[] sorted, double value, double edge)
    {
        return
        [
            Count(sum => sum < -edge), Count(sum => sum <= -edge), Count(sum => sum < edge), Count(sum => sum <= edge),
        ];

        int Count(Func<double, bool> within) => sorted.Count(other => within(value + other));
    }
}
