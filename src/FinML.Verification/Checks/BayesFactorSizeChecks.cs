using System.Globalization;
using FinML.Data;
using FinML.Statistics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Verification;

/// <summary>
/// Nightly: what Bayes factors and posteriors promise, held to simulation. Where truth is drawn from the prior, an
/// interval holds it exactly as often as it says, and a hypothesis is true exactly as often as its posterior
/// probability says; under a null BF10 exceeds k at most once in k times, also where one may look after every
/// observation.
/// </summary>
internal static class BayesFactorSizeChecks
{
    private const ulong Seed = 20_240_229;

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        AtMost("statistics.size.bayes.jzs", "BF10 above 3, JZS t-test of 50 normals without an effect", 1.0 / 3, 20_000,
            random => JzsTTest.OneSample(Draws.Normals(random, 50)).BayesFactor.Value > 3),
        AtMost("statistics.size.bayes.stopping",
            "BF10 above 10 at any of 40 looks, JZS t-test of 5 to 200 normals without an effect", 0.1, 2_000,
            EverAboveTen),
        Simulation.Power("statistics.power.bayes.jzs", "BF10 above 3, JZS t-test of 100 normals of mean .5", 2_000,
            random => 3 / JzsTTest.OneSample(Shifted(random, 100, 0.5)).BayesFactor.Value, atLeast: 0.95, level: 1),
        Simulation.Coverage("statistics.size.bayes.effect",
            "effect size of 20 normals, drawn from its Cauchy prior", 2_000, EffectIsHeld),
        Simulation.Coverage("statistics.size.bayes.correlation",
            "correlation of 15 pairs, drawn from its uniform prior", 2_000, CorrelationIsHeld),
        Simulation.Coverage("statistics.size.bayes.binomial",
            "probability of 25 trials, drawn from its uniform prior", 10_000, ProbabilityIsHeld),
        Calibrated("statistics.size.bayes.hypotheses",
            "an effect is there, where P(H1) is above .75: t-test of 20, half of them without an effect, half with " +
            "one from its prior", 20_000, HypothesisAndTruth),
        Calibrated("statistics.size.bayes.inclusion",
            "the first of 4 predictors is in the model, where its inclusion probability is above .75: models and " +
            "slopes from their priors, 30 observations", 20_000, InclusionAndTruth),
        Simulation.Size("statistics.size.bayes.correlated-t",
            "P(first not better) of two equal models, 10 runs of 10 folds whose scores correlate by 1/10", 10_000,
            random => CrossValidation(random, 0).SecondBetter),
        Simulation.Power("statistics.power.bayes.correlated-t",
            "P(first not better) of a first model that is 1.2 standard deviations better", 4_000,
            random => CrossValidation(random, 1.2).SecondBetter, atLeast: 0.95),
        Simulation.Size("statistics.size.bayes.signed-rank",
            "P(first not better) of two equal models on 30 data sets", 4_000,
            random => 1 - SignedRank(random, 30, 0, 1, 0).FirstBetter),
        Simulation.Power("statistics.power.bayes.signed-rank",
            "P(first not better) of a first model that is better by .8 standard deviations on 30 data sets", 2_000,
            random => 1 - SignedRank(random, 30, 0.8, 1, 0).FirstBetter, atLeast: 0.95),
        Simulation.Power("statistics.power.bayes.rope",
            "P(not equivalent) of two models that differ by a third of the ROPE on 30 data sets", 2_000,
            random => 1 - SignedRank(random, 30, 0, 1.0 / 3, 1).Equivalent, atLeast: 0.95),
    ];

    private static ReferenceCheck AtMost(
        string id, string description, double bound, int draws, Func<RandomStream, bool> happens) => new(
        id, $"share of: {description}", Source(draws, Math.Sqrt(bound * (1 - bound) / draws)), bound, 0,
        context => Sum(context, draws, random => (happens(random) ? 1.0 : 0, 0)).First / draws, Comparison.AtMost)
        {
            Nightly = true,
        };

    /// <summary>Among draws whose posterior probability is above .75: how often it is true, less the mean probability.
    /// </summary>
    private static ReferenceCheck Calibrated(
        string id, string description, int draws, Func<RandomStream, (double Probability, bool Truth)> draw)
    {
        // At least a sixth of the draws are selected, and their truth has a variance of at most 3/16.
        double error = Math.Sqrt(3.0 / 16 / (draws / 6.0));
        return new ReferenceCheck(
            id, $"how often true, less what the probabilities say: {description}", Source(draws, error), 0, 3 * error,
            context =>
            {
                (double difference, double selected) = Sum(context, draws, random =>
                {
                    (double probability, bool truth) = draw(random);
                    return probability > 0.75 ? ((truth ? 1 : 0) - probability, 1) : (0, 0);
                });
                return selected < draws / 6.0 ? double.NaN : difference / selected;
            })
        {
            Nightly = true,
        };
    }

    private static string Source(int draws, double error) => string.Create(
        CultureInfo.InvariantCulture, $"simulation, {draws:N0} draws, Monte Carlo error {error:0.####}");

    private static (double First, double Second) Sum(
        VerificationContext context, int draws, Func<RandomStream, (double, double)> value)
    {
        var values = new (double First, double Second)[draws];
        int done = 0;
        Parallel.For(0, draws, draw =>
        {
            values[draw] = value(new RandomStream(Seed, (ulong)draw));
            context.Progress?.Report(Interlocked.Increment(ref done) / (double)draws);
        });
        return (values.Sum(pair => pair.First), values.Sum(pair => pair.Second));
    }

    private static double[] Shifted(RandomStream random, int count, double mean) =>
        Array.ConvertAll(Draws.Normals(random, count), value => value + mean);

    private static double Cauchy(RandomStream random, double scale) =>
        scale * Math.Tan(Math.PI * (random.NextDouble() - 0.5));

    private static bool EverAboveTen(RandomStream random)
    {
        double[] values = Draws.Normals(random, 200);
        for (int n = 5; n <= 200; n += 5)
        {
            if (JzsTTest.OneSample(values.AsSpan(0, n)).BayesFactor.Value > 10)
                return true;
        }

        return false;
    }

    private static bool EffectIsHeld(RandomStream random)
    {
        double delta = Cauchy(random, EffectSizePrior.Medium.Scale);
        return JzsTTest.OneSample(Shifted(random, 20, delta)).EffectSizeInterval().Contains(delta);
    }

    private static bool CorrelationIsHeld(RandomStream random)
    {
        double rho = 2 * random.NextDouble() - 1;
        double[] x = Draws.Normals(random, 15), noise = Draws.Normals(random, 15);
        double[] y = [.. x.Zip(noise, (a, e) => rho * a + Math.Sqrt(1 - rho * rho) * e)];
        return BayesianCorrelation.Of(x, y).CorrelationInterval().Contains(rho);
    }

    private static bool ProbabilityIsHeld(RandomStream random)
    {
        double p = random.NextDouble();
        int successes = Enumerable.Range(0, 25).Count(_ => random.NextDouble() < p);
        return BayesianBinomialTest.Of(successes, 25).ProbabilityInterval().Contains(p);
    }

    private static (double Probability, bool Truth) HypothesisAndTruth(RandomStream random)
    {
        bool truth = random.NextDouble() < 0.5;
        double delta = truth ? Cauchy(random, EffectSizePrior.Medium.Scale) : 0;
        return (JzsTTest.OneSample(Shifted(random, 20, delta)).BayesFactor.PosteriorProbability(), truth);
    }

    private static (double Probability, bool Truth) InclusionAndTruth(RandomStream random)
    {
        const int Count = 30, Candidates = 4;
        double[][] columns = [.. Enumerable.Range(0, Candidates).Select(_ => Draws.Normals(random, Count))];
        int[] members = [.. Enumerable.Range(0, Candidates).Where(_ => random.NextDouble() < 0.5)];
        double[] y = Draws.Normals(random, Count);
        if (members.Length > 0)
        {
            // Slopes of covariance g (X'X)^-1, g = n, X centred: (L')^-1 z sqrt(g) with X'X = L L'.
            Matrix<double> x = DenseMatrix.OfColumnArrays(members.Select(j => columns[j]));
            Matrix<double> centred = x - DenseVector.Create(Count, 1).OuterProduct(x.ColumnSums() / Count);
            Vector<double> z = DenseVector.OfArray(Draws.Normals(random, members.Length)) * Math.Sqrt(Count);
            Vector<double> slopes =
                centred.TransposeThisAndMultiply(centred).Cholesky().Factor.Transpose().Solve(z);
            Vector<double> fitted = centred * slopes;
            for (int i = 0; i < Count; i++)
                y[i] += fitted[i];
        }

        DesignMatrix design = DesignMatrix.Of([.. columns.Select((column, j) => ($"x{j}", column))]);
        ModelAverage average = ModelAverage.Of(y, design, new()
        {
            Prior = FixedGPrior.UnitInformation(Count),
            ModelPrior = ModelPrior.Uniform,
        });
        return (average.InclusionProbabilities[0], members.Contains(0));
    }

    /// <summary>Scores of 10 runs of 10 folds, any two correlated by 1/10.</summary>
    private static PracticalEquivalence CrossValidation(RandomStream random, double advantage)
    {
        double common = Math.Sqrt(0.1) * random.NextNormal();
        double[] first = Array.ConvertAll(
            Draws.Normals(random, 100), value => advantage + common + Math.Sqrt(0.9) * value);
        return CorrelatedTTest.OfScores(first, new double[100], runs: 10).Probabilities;
    }

    private static PracticalEquivalence SignedRank(
        RandomStream random, int count, double mean, double deviation, double rope)
    {
        double[] first = Array.ConvertAll(Draws.Normals(random, count), value => mean + deviation * value);
        return BayesianSignedRankTest.OfScores(
            first, new double[count], rope, draws: 2_000, seed: random.NextUInt64()).Probabilities;
    }
}
