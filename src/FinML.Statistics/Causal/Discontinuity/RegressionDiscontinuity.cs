using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>
/// The effect of a treatment that sets in where a running variable passes a cutoff: the jump of local polynomial fits
/// from its two sides, with the robust bias-corrected interval of S. Calonico, M. D. Cattaneo and R. Titiunik,
/// Econometrica 82 (2014). Sharp, or fuzzy where the treatment actually taken is given; covariates (Calonico, Cattaneo,
/// Farrell, Titiunik 2019) only sharpen it. The conventional interval ignores the fit's bias and is too narrow at the
/// bandwidth that is best for the estimate; report the robust one.
/// </summary>
public sealed record RegressionDiscontinuity : ICausalResult
{
    /// <summary>The conventional estimate, in the unit of the outcome.</summary>
    public required double Estimate { get; init; }

    /// <summary>Its standard error.</summary>
    public required double StandardError { get; init; }

    /// <summary>The estimate less its estimated bias: the centre of <see cref="Interval"/>.</summary>
    public required double BiasCorrected { get; init; }

    /// <summary>Standard error of <see cref="BiasCorrected"/>, the bias's own noise included.</summary>
    public required double RobustStandardError { get; init; }

    /// <summary>The robust bias-corrected interval.</summary>
    public required (double Lower, double Upper) Interval { get; init; }

    /// <summary>Two-sided p-value of no effect, robust.</summary>
    public required double PValue { get; init; }

    /// <summary>The jump of the treatment at the cutoff (fuzzy designs), with its standard error; null in sharp
    /// ones.</summary>
    public required (double Jump, double StandardError)? FirstStage { get; init; }

    /// <summary>Bandwidth of the estimate h.</summary>
    public required double Bandwidth { get; init; }

    /// <summary>Bandwidth of the bias b.</summary>
    public required double BiasBandwidth { get; init; }

    /// <summary>Observations below and above the cutoff.</summary>
    public required (int Below, int Above) Counts { get; init; }

    /// <summary>Observations within h.</summary>
    public required (int Below, int Above) Effective { get; init; }

    /// <summary>How it was estimated.</summary>
    public required RegressionDiscontinuityOptions Options { get; init; }

    /// <inheritdoc/>
    public CausalClaim Claim => CausalClaim.Effect;

    /// <inheritdoc/>
    public required IReadOnlyList<Assumption> Assumptions { get; init; }

    /// <summary>Estimates.</summary>
    /// <param name="outcome">Finite, one for each observation.</param>
    /// <param name="running">The running variable, finite.</param>
    /// <param name="options">Cutoff, order, kernel, bandwidths, variance.</param>
    /// <param name="treatment">The treatment taken (0/1 or an amount), for a fuzzy design; empty for a sharp
    /// one.</param>
    /// <param name="covariates">Determined before the treatment; each one is also tested for a jump. Null for
    /// none.</param>
    /// <exception cref="ArgumentException">Not aligned, not finite, or too few distinct values on a side.</exception>
    public static RegressionDiscontinuity Of(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<double> running,
        RegressionDiscontinuityOptions? options = null,
        ReadOnlySpan<double> treatment = default,
        IReadOnlyList<(string Name, double[] Values)>? covariates = null)
    {
        options ??= new RegressionDiscontinuityOptions();
        options.Validate();
        covariates ??= [];
        Check(outcome, running, options.Cutoff, treatment, covariates);
        RegressionDiscontinuity result = Estimated(outcome, running, options, treatment, covariates);
        return result with
        {
            Assumptions = DiscontinuityAssumptions.Of(
                result, outcome.ToArray(), running.ToArray(), treatment.ToArray(), covariates),
        };
    }

    /// <summary>The estimate without its diagnostics, which are estimates themselves.</summary>
    internal static RegressionDiscontinuity Estimated(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<double> running,
        RegressionDiscontinuityOptions options,
        ReadOnlySpan<double> treatment,
        IReadOnlyList<(string Name, double[] Values)> covariates)
    {
        bool fuzzy = !treatment.IsEmpty;
        double[][] columns = fuzzy
            ? [outcome.ToArray(), treatment.ToArray(), .. covariates.Select(c => c.Values)]
            : [outcome.ToArray(), .. covariates.Select(c => c.Values)];
        LocalSide left = LocalSide.Of(running, options.Cutoff, above: false, columns);
        LocalSide right = LocalSide.Of(running, options.Cutoff, above: true, columns);
        (double h, double b) = Bandwidths(left, right, fuzzy, covariates.Count, running, options);
        (int, int) counts = (left.Count, right.Count);
        (int, int) effective = (left.Within(options.Kernel, h), right.Within(options.Kernel, h));
        (left, right) = (left.Inside(options.Kernel, Math.Max(h, b)), right.Inside(options.Kernel, Math.Max(h, b)));
        var below = new Side(left, h, b, options);
        var above = new Side(right, h, b, options);

        Matrix<double> slopes = DiscontinuitySelector.Slopes(
            covariates.Count == 0
                ? null
                : left.CovariateProducts(below.Fit, covariates.Count) + right.CovariateProducts(above.Fit,
                covariates.Count),
            fuzzy, covariates.Count);
        Vector<double> jumps = above.Fit.Coefficients.Row(0) - below.Fit.Coefficients.Row(0);
        Vector<double> corrected = above.Corrected - below.Corrected;
        (double outcomeJump, double treatmentJump) = DiscontinuitySelector.Jumps(jumps, slopes, fuzzy);
        Vector<double> selector = DiscontinuitySelector.Of(jumps, slopes, fuzzy);
        double estimate = outcomeJump / treatmentJump;
        double biasCorrected = estimate - selector * (jumps - corrected);
        double error = Math.Sqrt(below.Variance(selector, options) + above.Variance(selector, options));
        double robust = Math.Sqrt(below.RobustVariance(selector, options) + above.RobustVariance(selector, options));
        double quantile = StandardNormal.Quantile((1 + options.Level) / 2);
        return new RegressionDiscontinuity
        {
            Estimate = estimate,
            StandardError = error,
            BiasCorrected = biasCorrected,
            RobustStandardError = robust,
            Interval = (biasCorrected - quantile * robust, biasCorrected + quantile * robust),
            PValue = Tails.NormalTwoSided(biasCorrected / robust),
            FirstStage = fuzzy ? FirstStageOf() : null,
            Bandwidth = h,
            BiasBandwidth = b,
            Counts = counts,
            Effective = effective,
            Options = options,
            Assumptions = [],
        };

        (double Jump, double StandardError) FirstStageOf()
        {
            Vector<double> first = Vector<double>.Build.Dense(jumps.Count);
            first[1] = 1;
            for (int k = 0; k < covariates.Count; k++)
                first[2 + k] = -slopes[k, 1];
            return (treatmentJump, Math.Sqrt(below.Variance(first, options) + above.Variance(first, options)));
        }
    }

    private static (double H, double B) Bandwidths(
        LocalSide left, LocalSide right, bool fuzzy, int covariates, ReadOnlySpan<double> running,
        RegressionDiscontinuityOptions options)
    {
        if (options.Bandwidth > 0)
            return (options.Bandwidth, options.BiasBandwidth > 0 ? options.BiasBandwidth : options.Bandwidth);
        (double h, double b) = BandwidthSelector.Select(left, right, fuzzy, covariates, running, options);
        return (h, options.BiasBandwidth > 0 ? options.BiasBandwidth : b);
    }

    private static void Check(
        ReadOnlySpan<double> outcome, ReadOnlySpan<double> running, double cutoff, ReadOnlySpan<double> treatment,
        IReadOnlyList<(string Name, double[] Values)> covariates)
    {
        const int Least = 10;
        Guard.Series(outcome, 2 * Least, nameof(outcome));
        Guard.Finite(running, nameof(running));
        Guard.SameLength(outcome, running, nameof(outcome), nameof(running));
        if (!treatment.IsEmpty)
        {
            Guard.Finite(treatment, nameof(treatment));
            Guard.SameLength(outcome, treatment, nameof(outcome), nameof(treatment));
            Guard.NotConstant(treatment, nameof(treatment));
        }

        foreach ((string name, double[] values) in covariates)
        {
            Guard.Finite(values, name);
            Guard.SameLength(outcome, values, nameof(outcome), name);
            Guard.NotConstant(values, name);
        }

        int above = 0;
        foreach (double x in running)
            above += x >= cutoff ? 1 : 0;
        if (above < Least || running.Length - above < Least)
            throw new ArgumentException(
                $"{running.Length - above} observations lie below the cutoff {Guard.Text(cutoff)} and {above} at it or "
                + $"above; {Least} are needed on each side.", nameof(running));
    }

    /// <summary>The two fits of a side: the estimate's, and the one of a higher order that tells its bias.</summary>
    private sealed class Side
    {
        private readonly LocalSide _side;
        private readonly LocalFit _bias;
        private readonly Matrix<double> _correctedScores; // Q of Calonico et al.: the scores of the corrected estimate

        internal Side(LocalSide side, double h, double b, RegressionDiscontinuityOptions options)
        {
            int p = options.Order;
            _side = side;
            Fit = side.Fit(options.Kernel, h, p);
            _bias = side.Fit(options.Kernel, b, p + 1);
            Vector<double> next = Vector<double>.Build.Dense(side.Count, i => Math.Pow(side[i], p + 1));
            Vector<double> leading = Fit.Weighted.TransposeThisAndMultiply(next);
            Vector<double> curvature = _bias.Weighted * _bias.InverseGram.Column(p + 1); // what estimates the next term
            _correctedScores = Fit.Weighted - curvature.OuterProduct(leading);
            Corrected = (Fit.Coefficients - (Fit.InverseGram * leading).OuterProduct(_bias.Coefficients.Row(p
                + 1))).Row(0);
        }

        internal LocalFit Fit { get; }

        internal Vector<double> Corrected { get; }

        internal double Variance(Vector<double> selector, RegressionDiscontinuityOptions options) =>
            (Fit.InverseGram * _side.Meat(Fit.Weighted, Fit, selector, options) * Fit.InverseGram)[0, 0];

        internal double RobustVariance(Vector<double> selector, RegressionDiscontinuityOptions options) =>
            (Fit.InverseGram * _side.Meat(_correctedScores, _bias, selector, options) * Fit.InverseGram)[0, 0];
    }
}
