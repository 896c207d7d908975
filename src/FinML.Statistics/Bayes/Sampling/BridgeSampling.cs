using FinML.Shared;
using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>
/// The log marginal likelihood of a model from draws of its posterior: the optimal bridge of X.-L. Meng and W. H. Wong,
/// Statistica Sinica 6 (1996), iterated to its fixed point as in Q. F. Gronau et al., "A tutorial on bridge sampling",
/// Journal of Mathematical Psychology 81 (2017). Half of the draws fit the proposal, the other half is bridged, so that
/// no draw is used twice. Means something only where the model's density holds every constant.
/// </summary>
public sealed record BridgeSampling
{
    private const int MaximumIterations = 1000;
    private const double IterationTolerance = 1e-10;

    /// <summary>log p(data), natural logarithm.</summary>
    public required double LogMarginalLikelihood { get; init; }

    /// <summary>Approximate standard error of the logarithm: the root of the relative mean squared error of
    /// S. Fruehwirth-Schnatter (2004), autocorrelation of the draws included.</summary>
    public required double StandardError { get; init; }

    /// <summary>Iterations to the fixed point.</summary>
    public required int Iterations { get; init; }

    /// <summary>The proposal.</summary>
    public required BridgeProposal Proposal { get; init; }

    /// <summary>Effective number of bridged draws.</summary>
    public required double EffectiveSize { get; init; }

    /// <summary>Seed of the proposal's draws.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Bridges.</summary>
    /// <param name="draws">From <see cref="NoUTurnSampler"/>; 2 d + 10 draws or more.</param>
    /// <param name="proposal">What to bridge to.</param>
    /// <param name="seed">Seed of the proposal's draws.</param>
    /// <exception cref="InvalidOperationException">The draws do not span the parameters, or the iteration does not
    /// settle.</exception>
    public static BridgeSampling Of(
        PosteriorDraws draws, BridgeProposal proposal = BridgeProposal.Warp3, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(draws);
        int d = draws.Model.Parameters.Count, chains = draws.Options.Chains, half = draws.Options.Draws / 2;
        Guard.AtLeast(chains * draws.Options.Draws, 2 * d + 10, "number of draws");
        (double[] mean, Matrix<double> factor) = Fit(draws, half);
        var target = new Target(draws.Model, mean, factor, proposal == BridgeProposal.Warp3);

        // l1 and l2 of the tutorial: log of posterior over proposal, at draws of the posterior and of the proposal.
        int bridgedLength = draws.Options.Draws - half;
        double[][] atPosterior = [.. Enumerable.Range(0, chains).Select(_ => new double[bridgedLength])];
        for (int c = 0; c < chains; c++)
        {
            for (int t = 0; t < bridgedLength; t++)
                atPosterior[c][t] = target.LogRatio(target.Standardise(draws.Position(c, half + t)));
        }

        int count = chains * bridgedLength;
        var random = new PhiloxStream(seed, 0);
        var atProposal = new double[count];
        for (int i = 0; i < count; i++)
        {
            var z = new double[d];
            for (int j = 0; j < d; j++)
                z[j] = random.NextNormal();
            atProposal[i] = target.LogRatio(z);
        }

        double effective = Math.Min(EffectiveSizeOf(atPosterior), count);
        return Iterate([.. atPosterior.SelectMany(c => c)], atProposal, effective, atPosterior) with
        {
            Proposal = proposal,
            Seed = seed,
        };
    }

    /// <summary>log of the Bayes factor of this model over another, from the two marginal likelihoods.</summary>
    public double LogBayesFactor(BridgeSampling other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return LogMarginalLikelihood - other.LogMarginalLikelihood;
    }

    private static BridgeSampling Iterate(
        double[] atPosterior, double[] atProposal, double effective, double[][] posteriorChains)
    {
        double share1 = effective / (effective + atProposal.Length), share2 = 1 - share1;
        double centre = Median(atPosterior); // taken out before exp
        double ratio = 1;
        for (int iteration = 1; iteration <= MaximumIterations; iteration++)
        {
            double numerator = 0, denominator = 0;
            foreach (double l in atProposal)
                numerator += 1 / (share1 + share2 * ratio * Math.Exp(centre - l));
            foreach (double l in atPosterior)
                denominator += 1 / (share1 * Math.Exp(l - centre) + share2 * ratio);
            double next = numerator / atProposal.Length / (denominator / atPosterior.Length);
            bool settled = Math.Abs(next - ratio) <= IterationTolerance * next;
            ratio = next;
            if (!double.IsFinite(ratio))
                break;
            if (!settled)
                continue;
            double log = Math.Log(ratio) + centre;
            return new BridgeSampling
            {
                LogMarginalLikelihood = log,
                StandardError = ErrorOf(atProposal, posteriorChains, log, share1, share2),
                Iterations = iteration,
                EffectiveSize = effective,
                Proposal = default,
                Seed = 0,
            };
        }

        throw new InvalidOperationException(
            $"Bridge sampling did not settle in {MaximumIterations} iterations: posterior and proposal hardly overlap; "
            + "draw more, or bridge with Warp3.");
    }

    /// <summary>Root of V[f1] / (N2 E[f1]^2) + tau V[f2] / (N1 E[f2]^2), p the posterior and g the proposal, both
    /// normalised: f1 = p / (s1 p + s2 g) under g, f2 = g / (s1 p + s2 g) under p.</summary>
    private static double ErrorOf(
        double[] atProposal, double[][] atPosterior, double log, double share1, double share2)
    {
        double[] f1 = Array.ConvertAll(atProposal, l => 1 / (share1 + share2 * Math.Exp(log - l)));
        double[][] f2 = Array.ConvertAll(
            atPosterior, c => Array.ConvertAll(c, l => 1 / (share1 * Math.Exp(l - log) + share2)));
        return Math.Sqrt(RelativeVariance(f1) / f1.Length
            + RelativeVariance([.. f2.SelectMany(c => c)]) / ChainDiagnostics.EffectiveSize(f2));
    }

    private static double RelativeVariance(double[] values)
    {
        Moments moments = Moments.Of(values);
        return Math.Pow(moments.StandardDeviation(1) / moments.Mean, 2);
    }

    private static double EffectiveSizeOf(double[][] chains) =>
        chains[0].Length >= 4 ? ChainDiagnostics.EffectiveSize(chains) : chains.Length * chains[0].Length;

    private static (double[] Mean, Matrix<double> Factor) Fit(PosteriorDraws draws, int half)
    {
        int d = draws.Model.Parameters.Count, count = draws.Options.Chains * half;
        var mean = new double[d];
        for (int c = 0; c < draws.Options.Chains; c++)
        {
            for (int t = 0; t < half; t++)
            {
                ReadOnlySpan<double> x = draws.Position(c, t);
                for (int i = 0; i < d; i++)
                    mean[i] += x[i] / count;
            }
        }

        Matrix<double> covariance = Matrix<double>.Build.Dense(d, d);
        for (int c = 0; c < draws.Options.Chains; c++)
        {
            for (int t = 0; t < half; t++)
            {
                ReadOnlySpan<double> x = draws.Position(c, t);
                for (int i = 0; i < d; i++)
                {
                    for (int j = 0; j <= i; j++)
                        covariance[i, j] += (x[i] - mean[i]) * (x[j] - mean[j]) / (count - 1);
                }
            }
        }

        try
        {
            return (mean, covariance.Cholesky().Factor);
        }
        catch (ArgumentException)
        {
            throw new InvalidOperationException(
                $"The {count} draws that fit the proposal do not span the {d} parameters: draw more.");
        }
    }

    private static double Median(double[] values) => Quantile.Type7(values, 0.5);

    /// <summary>The posterior in the coordinates z = L^-1 (x - mean), where the proposal is standard normal.</summary>
    private sealed class Target(BayesianModel model, double[] mean, Matrix<double> factor, bool mirrored)
    {
        private readonly double _logVolume = factor.Diagonal().Sum(Math.Log);

        internal double[] Standardise(ReadOnlySpan<double> position)
        {
            var z = new double[mean.Length];
            for (int i = 0; i < z.Length; i++)
            {
                double rest = position[i] - mean[i];
                for (int j = 0; j < i; j++)
                    rest -= factor[i, j] * z[j];
                z[i] = rest / factor[i, i];
            }

            return z;
        }

        /// <summary>log of posterior over proposal. Mirrored: of the mean of both sides, to which a draw's sign makes
        /// no difference.</summary>
        internal double LogRatio(double[] z)
        {
            double log = LogDensityAt(z, 1), square = 0;
            if (mirrored)
            {
                double other = LogDensityAt(z, -1), high = Math.Max(log, other);
                log = double.IsNegativeInfinity(high)
                    ? high
                    : high + Math.Log((Math.Exp(log - high) + Math.Exp(other - high)) / 2);
            }

            foreach (double v in z)
                square += v * v;
            return log + _logVolume + square / 2 + z.Length / 2.0 * Math.Log(2 * Math.PI);
        }

        private double LogDensityAt(double[] z, double sign)
        {
            int d = z.Length;
            double[] x = new double[d], gradient = new double[d];
            for (int i = 0; i < d; i++)
            {
                double sum = 0;
                for (int j = 0; j <= i; j++)
                    sum += factor[i, j] * z[j];
                x[i] = mean[i] + sign * sum;
            }

            double value = model.LogDensity(x, gradient);
            return double.IsNaN(value) ? double.NegativeInfinity : value;
        }
    }
}
