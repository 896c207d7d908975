using FinML.Shared;
using MathNet.Numerics;

namespace FinML.Statistics;

/// <summary>Maps a point of the unit cube to parameters distributed as the prior.</summary>
/// <param name="cube">(d), each in [0, 1).</param>
/// <param name="parameters">(d), to be written.</param>
public delegate void PriorTransform(ReadOnlySpan<double> cube, Span<double> parameters);

/// <summary>The log likelihood of parameters; -infinity where it is 0.</summary>
public delegate double LogLikelihood(ReadOnlySpan<double> parameters);

/// <summary>
/// The evidence of a model, and its posterior, by nested sampling: J. Skilling, "Nested sampling for general Bayesian
/// computation", Bayesian Analysis 1 (2006). Needs no gradient and takes posteriors of many modes; the point of lowest
/// likelihood is replaced by one above it, while the prior mass shrinks by exp(-1/n) a step.
/// </summary>
public sealed record NestedSampling
{
    private const int VolumeDraws = 200;

    /// <summary>log Z, natural logarithm.</summary>
    public required double LogEvidence { get; init; }

    /// <summary>Standard error of <see cref="LogEvidence"/> from the unknown shrinkage of the prior mass, by simulating
    /// it.</summary>
    public required double StandardError { get; init; }

    /// <summary>Kullback and Leibler's divergence of the posterior from the prior, in nats.</summary>
    public required double Information { get; init; }

    /// <summary>Draws of the parameters, (draws, d), from the worst to the best.</summary>
    public required IReadOnlyList<double[]> Samples { get; init; }

    /// <summary>Posterior weight of each draw; they sum to 1.</summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>Log likelihood of each draw.</summary>
    public required IReadOnlyList<double> LogLikelihoods { get; init; }

    /// <summary>Kish's effective number of draws, 1 / sum of squared weights.</summary>
    public double EffectiveSize => 1 / Weights.Sum(w => w * w);

    /// <summary>Evaluations of the likelihood.</summary>
    public required long Evaluations { get; init; }

    /// <summary>p-value that new points are spread evenly among the live ones, as they must be where the walk forgets
    /// its start (A. Fowlie, W. Handley, L. Su 2020); below .01 the evidence is not to be trusted: more
    /// <see cref="NestedSamplingOptions.Slices"/>.</summary>
    public required double InsertionPValue { get; init; }

    /// <summary>How it was run, seed included.</summary>
    public required NestedSamplingOptions Options { get; init; }

    /// <summary>Runs.</summary>
    /// <param name="dimension">d, 1 or more.</param>
    /// <param name="prior">The prior, as a transform of the unit cube.</param>
    /// <param name="logLikelihood">The likelihood with all its constants.</param>
    /// <param name="options">Live points, slices, tolerance, seed.</param>
    /// <param name="progress">log of the evidence that the live points could still add, or null.</param>
    /// <param name="stop">Stops between two points.</param>
    /// <exception cref="InvalidOperationException">The likelihood is NaN or +infinity somewhere, or 0 at all first live
    /// points, or the evaluations are used up.</exception>
    public static NestedSampling Run(
        int dimension,
        PriorTransform prior,
        LogLikelihood logLikelihood,
        NestedSamplingOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken stop = default)
    {
        Guard.AtLeast(dimension, 1, nameof(dimension));
        ArgumentNullException.ThrowIfNull(prior);
        ArgumentNullException.ThrowIfNull(logLikelihood);
        options ??= new NestedSamplingOptions();
        options.Validate();
        if (options.LivePoints <= 2 * dimension)
            throw new ArgumentException(
                $"{options.LivePoints} live points in {dimension} dimensions do not tell their covariance; there must "
                + $"be more than {2 * dimension}.", nameof(options));
        long evaluations = 0;
        var parameters = new double[dimension];
        var random = new PhiloxStream(options.Seed, 0);
        var live = new LivePoints(
            Evaluate, dimension, options.LivePoints, options.Slices == 0 ? 5 * dimension : options.Slices, random);
        if (double.IsNegativeInfinity(Max(live.Logs)))
            throw new InvalidOperationException(
                $"The likelihood is 0 at all {live.Count} first points of the prior; the prior is too wide for so few "
                + "live points.");

        var samples = new List<double[]>();
        var logs = new List<double>();
        var insertions = new List<int>();
        double logEvidence = double.NegativeInfinity, logMass = 0;
        double logShell = Math.Log(1 - Math.Exp(-1.0 / live.Count));
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            double best = Max(live.Logs), left = LogAdd(logEvidence, best + logMass) - logEvidence;
            progress?.Report(left);
            int lowest = live.Lowest();
            double floor = live.Logs[lowest];
            // On a plateau no point is above the floor: what is alive is all of one likelihood.
            if (left <= options.Tolerance || floor == best)
                break;
            logEvidence = LogAdd(logEvidence, floor + logMass + logShell);
            logMass -= 1.0 / live.Count;
            samples.Add(live.Point(lowest));
            logs.Add(floor);
            insertions.Add(live.Replace(lowest, floor));
        }

        int[] order = [.. Enumerable.Range(0, live.Count)];
        Array.Sort(live.Logs.ToArray(), order);
        foreach (int i in order)
        {
            samples.Add(live.Point(i));
            logs.Add(live.Logs[i]);
        }

        return Assemble();

        double Evaluate(double[] cube)
        {
            if (++evaluations > options.MaximumEvaluations)
                throw new InvalidOperationException(
                    $"The likelihood was evaluated {options.MaximumEvaluations} times (MaximumEvaluations) before the "
                    + "evidence settled.");
            prior(cube, parameters);
            double log = logLikelihood(parameters);
            if (double.IsNaN(log) || double.IsPositiveInfinity(log))
                throw new InvalidOperationException(
                    $"The log likelihood is {Guard.Text(log)} at ({string.Join(", ", parameters.Select(Guard.Text))}); "
                    + "it must be a number or -infinity.");
            return log;
        }

        NestedSampling Assemble()
        {
            int dead = logs.Count - live.Count;
            (double logZ, double[] weights, double information) = Weigh(logs, _ => -1.0 / live.Count, dead, live.Count);
            var simulated = new double[VolumeDraws];
            for (int k = 0; k < VolumeDraws; k++)
            {
                // The mass shrinks by the largest of n uniforms: log t = log(u) / n.
                var volumes = new PhiloxStream(options.Seed, (ulong)k + 1);
                simulated[k] = Weigh(
                    logs, _ => Math.Log(1 - volumes.NextDouble()) / live.Count, dead, live.Count).LogEvidence;
            }

            return new NestedSampling
            {
                LogEvidence = logZ,
                StandardError = Moments.Of(simulated).StandardDeviation(1),
                Information = information,
                Samples = samples.ConvertAll(cube =>
                {
                    var at = new double[dimension];
                    prior(cube, at);
                    return at;
                }),
                Weights = weights,
                LogLikelihoods = logs,
                Evaluations = evaluations,
                InsertionPValue = Uniformity(insertions, live.Count),
                Options = options,
            };
        }
    }

    /// <summary>Evidence, weights and information when the mass shrinks by the given logarithms at each dead point;
    /// what is left is shared by the live.</summary>
    private static (double LogEvidence, double[] Weights, double Information) Weigh(
        List<double> logs, Func<int, double> logShrinkage, int dead, int live)
    {
        var logWeights = new double[logs.Count];
        double logMass = 0, logEvidence = double.NegativeInfinity;
        for (int i = 0; i < logs.Count; i++)
        {
            double logShare;
            if (i < dead)
            {
                double shrinkage = logShrinkage(i);
                logShare = logMass + Math.Log(-Math.Exp(shrinkage) + 1);
                logMass += shrinkage;
            }
            else
            {
                logShare = logMass - Math.Log(live);
            }

            logWeights[i] = logs[i] + logShare;
            logEvidence = LogAdd(logEvidence, logWeights[i]);
        }

        double information = 0;
        for (int i = 0; i < logWeights.Length; i++)
        {
            double weight = Math.Exp(logWeights[i] - logEvidence);
            logWeights[i] = weight;
            information += weight > 0 ? weight * (logs[i] - logEvidence) : 0;
        }

        return (logEvidence, logWeights, information);
    }

    /// <summary>Chi-squared test that ranks among n - 1 others are uniform, in ten bins.</summary>
    private static double Uniformity(List<int> ranks, int count)
    {
        const int Bins = 10;
        if (ranks.Count < 5 * Bins)
            return 1; // too few to say
        var bins = new int[Bins];
        foreach (int rank in ranks)
            bins[(int)((long)rank * Bins / count)]++;
        double statistic = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            // The ranks 0 .. n - 1 that fall into the bin.
            int width = (int)((((long)bin + 1) * count + Bins - 1) / Bins - ((long)bin * count + Bins - 1) / Bins);
            double expected = (double)ranks.Count * width / count;
            statistic += (bins[bin] - expected) * (bins[bin] - expected) / expected;
        }

        return SpecialFunctions.GammaUpperRegularized((Bins - 1) / 2.0, statistic / 2);
    }

    private static double LogAdd(double a, double b)
    {
        double high = Math.Max(a, b);
        return double.IsNegativeInfinity(high) ? high : high + Math.Log(Math.Exp(a - high) + Math.Exp(b - high));
    }

    private static double Max(ReadOnlySpan<double> values)
    {
        double max = values[0];
        foreach (double value in values)
            max = Math.Max(max, value);
        return max;
    }
}
