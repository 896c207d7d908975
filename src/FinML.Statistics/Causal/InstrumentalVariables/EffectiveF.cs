using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>
/// The effective F statistic of Montiel Olea and Pflueger (2013) for one endogenous regressor: n p'p / tr(W), p the
/// first-stage coefficients on orthonormal instruments and W their covariance. Under unequal variances or dependence
/// it, and not the robust F, says how biased two-stage least squares can be. Its critical value is their simplified,
/// conservative one: the noncentral chi-squared of Patnaik (1949) with noncentrality 1 / (worst relative bias).
/// </summary>
public sealed record EffectiveF
{
    /// <summary>Equal to the first-stage F for one instrument, and for equal variances.</summary>
    public required double Statistic { get; init; }

    /// <summary>Above it, the Nagar bias of two-stage least squares is rejected to exceed
    /// <see cref="WorstBias"/>.</summary>
    public required double CriticalValue { get; init; }

    /// <summary>Largest tolerated bias, as a share of the worst one (that of least squares, where variances are equal).
    /// </summary>
    public required double WorstBias { get; init; }

    /// <summary>Level of the test that the instruments are weak.</summary>
    public required double Level { get; init; }

    /// <summary>Degrees of freedom of the approximation.</summary>
    public required double EffectiveDegreesOfFreedom { get; init; }

    /// <summary>Whether weakness is rejected.</summary>
    public bool IsStrong => Statistic > CriticalValue;

    /// <summary>Tests.</summary>
    /// <param name="model">With one endogenous regressor.</param>
    /// <param name="covariance">Default <see cref="CovarianceEstimator.HC1"/>: what the statistic is made for.</param>
    /// <param name="worstBias">Between 0 and 1; 0.1 is usual.</param>
    /// <param name="level">Between 0 and 1.</param>
    /// <exception cref="ArgumentException">More than one endogenous regressor.</exception>
    public static EffectiveF Of(
        InstrumentalModel model, CovarianceEstimator? covariance = null, double worstBias = 0.1, double level = 0.05)
    {
        ArgumentNullException.ThrowIfNull(model);
        Guard.Between(worstBias, 0, 1, nameof(worstBias));
        Guard.Between(level, 0, 1, nameof(level));
        if (model.Endogenous.Columns != 1)
            throw new ArgumentException(
                $"There are {model.Endogenous.Columns} endogenous regressors; the effective F is defined for one. " +
                $"Take WeakInstruments.", nameof(model));
        int n = model.Count;
        Vector<double> p = model.Basis.TransposeThisAndMultiply(model.X.Column(0)) / n;
        Matrix<double> w = (covariance ?? CovarianceEstimator.HC1).Of(Scores.OfRegression(
            model.Basis.ToColumnMajorArray(), model.ResidualX.Column(0).ToArray(), model.InstrumentFit.Leverages,
            parameters: model.AllInstruments)).Value;
        double trace = w.Trace(), largest = w.Evd(Symmetricity.Symmetric).EigenValues.Max(root => root.Real);
        double x = 1 / worstBias;
        double freedom = trace * trace * (1 + 2 * x) / ((w * w).Trace() + 2 * x * trace * largest);
        return new EffectiveF
        {
            Statistic = n * (p * p) / trace,
            CriticalValue = NoncentralChiSquared.Quantile(1 - level, freedom, x * freedom) / freedom,
            WorstBias = worstBias,
            Level = level,
            EffectiveDegreesOfFreedom = freedom,
        };
    }

    internal Diagnostic AsDiagnostic() => new(
        "effective F", Statistic, IsStrong ? Bearing.Supports : Bearing.Contradicts,
        string.Create(CultureInfo.InvariantCulture,
            $"F = {Statistic:0.##} is {(IsStrong ? "above" : "not above")} {CriticalValue:0.##}, from where a bias " +
            $"over {WorstBias:0.##} of the worst one is rejected (Montiel Olea and Pflueger)."));
}
