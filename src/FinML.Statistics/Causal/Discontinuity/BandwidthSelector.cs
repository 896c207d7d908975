using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>
/// The bandwidths that minimise the mean squared error of a discontinuity's estimate: S. Calonico, M. D. Cattaneo and
/// R. Titiunik, Econometrica 82 (2014), S. Calonico, M. D. Cattaneo and M. H. Farrell, Econometrics Journal 23 (2020);
/// one for both sides ("mserd"), regularised, in three steps: derivative, bias, estimate.
/// </summary>
internal sealed class BandwidthSelector
{
    private readonly LocalSide _left, _right;
    private readonly int _covariates;
    private readonly bool _fuzzy;
    private readonly RegressionDiscontinuityOptions _options;
    private readonly double _pilot, _smallest, _largest;

    private BandwidthSelector(
        LocalSide left, LocalSide right, bool fuzzy, int covariates, ReadOnlySpan<double> x,
        RegressionDiscontinuityOptions options)
    {
        (_left, _right, _fuzzy, _covariates, _options) = (left, right, fuzzy, covariates, options);
        double[] sorted = x.ToArray();
        Array.Sort(sorted);
        double spread = Math.Min(
            Moments.Of(sorted).StandardDeviation(1), (AveragedQuantile(sorted, 0.75) - AveragedQuantile(sorted, 0.25))
                / 1.349);
        double constant = options.Kernel switch
        {
            LocalKernel.Epanechnikov => 2.34,
            LocalKernel.Uniform => 1.843,
            _ => 2.576,
        };
        int distinctLeft = left.Distinct, distinctRight = right.Distinct;
        _largest = Math.Max(left.Farthest, right.Farthest);
        // Where a fifth of the values or more are repetitions, a bandwidth must hold ten distinct ones.
        bool heaped = distinctLeft <= 0.8 * left.Count || distinctRight <= 0.8 * right.Count;
        _smallest = heaped ? Math.Max(left.DistanceOf(10), right.DistanceOf(10)) + 1e-8 : 0;
        double rate = Math.Pow(distinctLeft + distinctRight, -0.2);
        _pilot = Math.Max(Math.Min(constant * spread * rate, _largest), _smallest);
    }

    internal static (double Bandwidth, double BiasBandwidth) Select(
        LocalSide left, LocalSide right, bool fuzzy, int covariates, ReadOnlySpan<double> x,
        RegressionDiscontinuityOptions options)
    {
        var selector = new BandwidthSelector(left, right, fuzzy, covariates, x, options);
        int p = options.Order, q = p + 1;
        double d = selector.Step(q + 1, q + 1, q + 2, left.Farthest, right.Farthest, regularise: false);
        double b = selector.Step(q, p + 1, q + 1, d, d, regularise: true);
        return (selector.Step(p, 0, q, b, b, regularise: true), b);
    }

    /// <summary>The bandwidth for derivative <paramref name="nu"/> by a fit of order <paramref name="o"/>, its bias
    /// from a fit of order <paramref name="biasOrder"/> within the given bandwidths.</summary>
    private double Step(int o, int nu, int biasOrder, double leftBandwidth, double rightBandwidth, bool regularise)
    {
        (double varianceLeft, double biasLeft, double penaltyLeft) = Constants(_left, o, nu, biasOrder, leftBandwidth);
        (double varianceRight, double biasRight, double penaltyRight) = Constants(_right, o, nu, biasOrder,
            rightBandwidth);
        double bias = biasRight - biasLeft;
        double penalty = regularise ? penaltyLeft + penaltyRight : 0;
        double bandwidth = Math.Pow(
            (varianceLeft + varianceRight) / (bias * bias + penalty), 1.0 / (2 * o + 3));
        return Math.Max(Math.Min(bandwidth, _largest), _smallest);
    }

    private (double Variance, double Bias, double Penalty) Constants(
        LocalSide side, int o, int nu, int biasOrder, double biasBandwidth)
    {
        LocalSide near = side.Inside(_options.Kernel, _pilot);
        LocalFit fit = near.Fit(_options.Kernel, _pilot, o);
        Vector<double> selector = Selector(near, fit, nu);
        double variance = (fit.InverseGram * near.Meat(fit.Weighted, fit, selector, _options) * fit.InverseGram)[nu,
            nu];

        // h^nu e_nu' (R'WR)^-1 R'W u^(o+1): what a term of the next order leaves in the estimate.
        Vector<double> next = Vector<double>.Build.Dense(near.Count, i => Math.Pow(near[i] / _pilot, o + 1));
        double factor = Math.Pow(_pilot, nu) * (fit.InverseGram * fit.Weighted.TransposeThisAndMultiply(next))[nu];

        LocalSide wide = side.Inside(_options.Kernel, biasBandwidth);
        LocalFit biasFit = wide.Fit(_options.Kernel, biasBandwidth, biasOrder);
        double biasVariance = (biasFit.InverseGram * wide.Meat(biasFit.Weighted, biasFit, selector, _options)
            * biasFit.InverseGram)[biasOrder, biasOrder];
        double bias = Math.Sqrt(2 * (o + 1 - nu)) * factor * (biasFit.Coefficients.Row(biasOrder) * selector);
        return (
            (2 * nu + 1) * Math.Pow(_pilot, 2 * nu + 1) * variance,
            bias,
            2 * (o + 1 - nu) * 3 * factor * factor * biasVariance);
    }

    /// <summary>The combination of the columns whose jump is the estimate, linearised on this side alone.</summary>
    private Vector<double> Selector(LocalSide side, LocalFit fit, int nu)
    {
        Matrix<double> slopes = DiscontinuitySelector.Slopes(
            _covariates == 0 ? null : side.CovariateProducts(fit, _covariates), _fuzzy, _covariates);
        return DiscontinuitySelector.Of(
            fit.Coefficients.Row(nu) * SpecialFunctions.Factorial(nu), slopes, _fuzzy);
    }

    /// <summary>Definition 2 of Hyndman and Fan: the mean of the two values where n p is whole.</summary>
    private static double AveragedQuantile(double[] sorted, double probability)
    {
        double h = sorted.Length * probability;
        int j = (int)Math.Floor(h);
        return h == j ? (sorted[j - 1] + sorted[j]) / 2 : sorted[j];
    }
}
