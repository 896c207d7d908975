using FinML.Shared;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace FinML.Statistics;

/// <summary>
/// Which of two models is better on data sets of this kind, from their cross-validated scores on several: the
/// hierarchical model of G. Corani, A. Benavoli, J. Demsar, F. Mangili and M. Zaffalon, "Statistical comparison of
/// classifiers through Bayesian hierarchical modelling", Machine Learning 106 (2017). The scores' differences on data
/// set i are x_i ~ N(delta_i 1, sigma_i^2 ((1 - rho) I + rho 11')), the delta_i ~ t(mu, s, nu): what it says is about
/// the next data set, not about those seen. Scores: the higher the better.
/// </summary>
public sealed record HierarchicalComparison
{
    /// <summary>How probable it is that each outcome is the likeliest one on the next data set: the authors' three
    /// numbers.</summary>
    public required PracticalEquivalence Likeliest { get; init; }

    /// <summary>Posterior probability of each outcome on the next data set.</summary>
    public required PracticalEquivalence NextDataSet { get; init; }

    /// <summary>Monte Carlo standard error of the three probabilities (the largest).</summary>
    public required double MonteCarloError { get; init; }

    /// <summary>Posterior mean and 95 % interval of each data set's difference, second less first, in the unit of the
    /// scores: drawn to the common mean.</summary>
    public required IReadOnlyList<(double Mean, double Lower, double Upper)> DataSets { get; init; }

    /// <summary>Data sets without any spread, to which seeded noise within the rope was added, as the authors
    /// do.</summary>
    public required int WithoutSpread { get; init; }

    /// <summary>The draws, on the scores' differences over their mean spread; read their warnings.</summary>
    public required PosteriorDraws Draws { get; init; }

    /// <summary>Compares.</summary>
    /// <param name="first">(data sets, scores) of the first model; two data sets and two scores or more.</param>
    /// <param name="second">The same of the second, on the same folds.</param>
    /// <param name="rope">0 or more, in the unit of the scores.</param>
    /// <param name="options">Runs of cross-validation, priors, sampling.</param>
    public static HierarchicalComparison Of(
        IReadOnlyList<double[]> first,
        IReadOnlyList<double[]> second,
        double rope,
        HierarchicalComparisonOptions? options = null)
    {
        Guard.NotNegative(rope, nameof(rope));
        options ??= new HierarchicalComparisonOptions();
        options.Validate();
        double[][] differences = Differences(first, second, options.Runs);
        double unit = differences.Average(d => Moments.Of(d).StandardDeviation(0));
        if (!(unit > 0))
            throw new ArgumentException(
                "The two models differ by a constant on every data set; there is no spread to compare with.",
                    nameof(second));
        double scaledRope = rope / unit;
        foreach (double[] row in differences)
        {
            for (int j = 0; j < row.Length; j++)
                row[j] /= unit;
        }

        int withoutSpread = AddNoise(differences, scaledRope, options.Sampling.Seed);
        PosteriorDraws draws = NoUTurnSampler.Sample(Model(differences, options), options.Sampling);
        return Summarise(draws, differences.Length, scaledRope, unit) with { WithoutSpread = withoutSpread };
    }

    private static HierarchicalComparison Summarise(PosteriorDraws draws, int count, double rope, double unit)
    {
        double[] mu = draws.Values("mu"), s = draws.Values("s"), nu = draws.Values("nu - 1");
        var winners = new double[3][];
        var means = new double[3];
        for (int k = 0; k < 3; k++)
            winners[k] = new double[mu.Length];
        for (int i = 0; i < mu.Length; i++)
        {
            double below = StudentT.CDF(mu[i], s[i], nu[i] + 1, -rope);
            double above = 1 - StudentT.CDF(mu[i], s[i], nu[i] + 1, rope);
            double[] outcome = [below, 1 - below - above, above];
            winners[Array.IndexOf(outcome, outcome.Max())][i] = 1;
            for (int k = 0; k < 3; k++)
                means[k] += outcome[k] / mu.Length;
        }

        int length = draws.Options.Draws;
        return new HierarchicalComparison
        {
            Likeliest = new PracticalEquivalence(
                winners[0].Average(), winners[1].Average(), winners[2].Average(), rope * unit),
            NextDataSet = new PracticalEquivalence(means[0], means[1], means[2], rope * unit),
            MonteCarloError = winners.Max(w => Error(w, length)),
            DataSets = [.. Enumerable.Range(0, count).Select(i =>
            {
                double[] sorted = [.. draws.Values($"delta {i + 1}").Order()];
                return (sorted.Average() * unit, Quantile.Type7Sorted(sorted, 0.025) * unit,
                    Quantile.Type7Sorted(sorted, 0.975) * unit);
            })],
            Draws = draws,
            WithoutSpread = 0,
        };
    }

    private static double Error(double[] indicator, int length)
    {
        double share = indicator.Average();
        double[][] chains = [.. indicator.Chunk(length)];
        return Math.Sqrt(share * (1 - share) / ChainDiagnostics.EffectiveSize(chains));
    }

    private static BayesianModel Model(double[][] x, HierarchicalComparisonOptions options)
    {
        int q = x.Length, n = x[0].Length;
        double rho = (double)options.Runs / n;
        double bound = x.Max(row => row.Max(Math.Abs));
        double within = x.Average(row => Moments.Of(row).StandardDeviation(0));
        double among = Moments.Of([.. x.Select(row => row.Average())]).StandardDeviation(0);
        var parameters = new List<ModelParameter>
        {
            ModelParameter.Between("mu", -bound, bound),
            ModelParameter.Between("s", 0, options.SpreadBound * (among > 0 ? among : within)),
            ModelParameter.Positive("nu - 1"),
            ModelParameter.Between("shape", options.Shape.Lower, options.Shape.Upper),
            ModelParameter.Between("rate", options.Rate.Lower, options.Rate.Upper),
        };
        for (int i = 1; i <= q; i++)
            parameters.Add(ModelParameter.Real($"delta {i}"));
        for (int i = 1; i <= q; i++)
            parameters.Add(ModelParameter.Between($"sigma {i}", 0, options.SpreadBound * within));
        double[] sums = Array.ConvertAll(x, row => row.Sum()), squares = Array.ConvertAll(x, row => row.Sum(v => v
            * v));
        double common = 1 + (n - 1) * rho;
        double logDeterminant = Math.Log(common) + (n - 1) * Math.Log(1 - rho);
        return new BayesianModel(parameters, LogJoint);

        double LogJoint(ReadOnlySpan<double> values, Span<double> gradient)
        {
            double mu = values[0], s = values[1], nu = values[2] + 1, shape = values[3], rate = values[4];
            double log = shape * Math.Log(rate) - SpecialFunctions.GammaLn(shape)
                + (shape - 1) * Math.Log(values[2]) - rate * values[2];
            gradient[0] = gradient[1] = 0;
            gradient[2] = (shape - 1) / values[2] - rate;
            gradient[3] = Math.Log(rate) - SpecialFunctions.DiGamma(shape) + Math.Log(values[2]);
            gradient[4] = shape / rate - values[2];
            double constant = SpecialFunctions.GammaLn((nu + 1) / 2) - SpecialFunctions.GammaLn(nu / 2)
                - 0.5 * Math.Log(nu * Math.PI) - Math.Log(s);
            double slope = 0.5 * (SpecialFunctions.DiGamma((nu + 1) / 2) - SpecialFunctions.DiGamma(nu / 2) - 1 / nu);
            for (int i = 0; i < q; i++)
            {
                double delta = values[5 + i], sigma = values[5 + q + i];
                double z = (delta - mu) / s, tail = nu + z * z, pull = (nu + 1) * z / tail;
                log += constant - (nu + 1) / 2 * Math.Log(1 + z * z / nu);
                gradient[0] += pull / s;
                gradient[1] += (pull * z - 1) / s;
                gradient[2] += slope - 0.5 * Math.Log(1 + z * z / nu) + (nu + 1) * z * z / (2 * nu * tail);

                double off = sums[i] - n * delta; // sum of x - delta
                double square = squares[i] - 2 * delta * sums[i] + n * delta * delta;
                double form = (square - rho * off * off / common) / (1 - rho);
                log -= n * Math.Log(sigma) + 0.5 * logDeterminant + n / 2.0 * Math.Log(2 * Math.PI)
                    + form / (2 * sigma * sigma);
                gradient[5 + i] = off / (common * sigma * sigma) - pull / s;
                gradient[5 + q + i] = form / (sigma * sigma * sigma) - n / sigma;
            }

            return log;
        }
    }

    private static double[][] Differences(IReadOnlyList<double[]> first, IReadOnlyList<double[]> second, int runs)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        Guard.AtLeast(first.Count, 2, "number of data sets");
        if (first.Count != second.Count)
            throw new ArgumentException(
                $"first has {first.Count} data sets and second has {second.Count}; both must have the same.",
                    nameof(second));
        var differences = new double[first.Count][];
        for (int i = 0; i < differences.Length; i++)
        {
            Guard.Series(first[i], 2, $"data set {i + 1} of first");
            Guard.Series(second[i], 2, $"data set {i + 1} of second");
            if (first[i].Length != first[0].Length || second[i].Length != first[0].Length)
                throw new ArgumentException(
                    $"Data set {i + 1} has {first[i].Length} and {second[i].Length} scores and the first data set has "
                    + $"{first[0].Length}; all must have as many.", nameof(second));
            differences[i] = [.. first[i].Zip(second[i], (a, b) => b - a)];
        }

        int scores = first[0].Length;
        if (scores % runs != 0 || scores / runs < 2)
            throw new ArgumentException(
                $"{scores} scores a data set cannot be {runs} runs of two folds or more.", nameof(runs));
        return differences;
    }

    private static int AddNoise(double[][] differences, double rope, ulong seed)
    {
        int count = 0;
        for (int i = 0; i < differences.Length; i++)
        {
            double[] row = differences[i];
            if (!Guard.IsConstant(row))
                continue;
            if (rope == 0)
                throw new ArgumentException(
                    $"Data set {i + 1} has the same difference on every fold and the rope is 0: its spread cannot be "
                    + "told; leave it out, or give a rope above 0.", nameof(rope));
            count++;
            var random = new PhiloxStream(seed, (1UL << 32) + (ulong)i); // not a chain's stream
            for (int j = 0; j + 1 < row.Length; j += 2)
            {
                double noise = rope * (2 * random.NextDouble() - 1);
                row[j] += noise;
                row[j + 1] -= noise;
            }
        }

        return count;
    }
}
