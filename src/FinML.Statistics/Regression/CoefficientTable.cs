using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// Estimated coefficients with their covariance: the part that every linear model's result shares.
/// </summary>
public abstract record CoefficientTable
{
    private readonly Matrix<double> _covariance;

    private protected CoefficientTable(
        IReadOnlyList<string> names,
        double[] coefficients,
        Matrix<double> covariance,
        int degreesOfFreedom,
        string method)
    {
        (Names, Coefficients, _covariance) = (names, coefficients, covariance);
        (DegreesOfFreedom, CovarianceMethod) = (degreesOfFreedom, method);
        var errors = new double[coefficients.Length];
        for (int j = 0; j < errors.Length; j++)
        {
            if (!(covariance[j, j] >= 0))
                throw new ArgumentException(
                    $"The variance of the coefficient of '{names[j]}' came out as {Guard.Text(covariance[j, j])} " +
                    $"({method}); this estimator is not positive definite on these data, take another.");
            errors[j] = Math.Sqrt(covariance[j, j]);
        }

        StandardErrors = errors;
    }

    /// <summary>Names of the coefficients, in the order of the design's columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Estimates.</summary>
    public IReadOnlyList<double> Coefficients { get; }

    /// <summary>Square roots of the covariance's diagonal.</summary>
    public IReadOnlyList<double> StandardErrors { get; }

    /// <summary>How the covariance was estimated, in words.</summary>
    public string CovarianceMethod { get; }

    /// <summary>Degrees of freedom of the t distribution: n - k, or clusters less 1; int.MaxValue stands for the normal
    /// distribution.</summary>
    public int DegreesOfFreedom { get; }

    /// <summary>Covariance of the estimates, (k, k); a copy.</summary>
    public double[,] Covariance => _covariance.ToArray();

    internal Matrix<double> CovarianceMatrix => _covariance;

    /// <summary>Estimate over standard error; infinite where the fit is exact.</summary>
    public IReadOnlyList<double> TStatistics =>
        [.. Coefficients.Select((value, j) => value == 0 ? 0 : value / StandardErrors[j])];

    /// <summary>Two-sided p-values of the coefficient being 0.</summary>
    public IReadOnlyList<double> PValues => [.. TStatistics.Select(t => DegreesOfFreedom == int.MaxValue
        ? Tails.NormalTwoSided(t)
        : Tails.StudentTwoSided(t, DegreesOfFreedom))];

    /// <summary>Where the coefficient of this name stands.</summary>
    public int IndexOf(string name) => DesignMatrix.IndexOf(Names, name);

    /// <summary>The estimate of this name.</summary>
    public double Coefficient(string name) => Coefficients[IndexOf(name)];

    /// <summary>The standard error of this name.</summary>
    public double StandardError(string name) => StandardErrors[IndexOf(name)];

    /// <summary>The two-sided interval of one coefficient.</summary>
    /// <param name="name">Name of the coefficient.</param>
    /// <param name="level">Between 0 and 1.</param>
    public (double Lower, double Upper) Interval(string name, double level = 0.95)
    {
        Guard.Between(level, 0, 1, nameof(level));
        int j = IndexOf(name);
        double quantile = DegreesOfFreedom == int.MaxValue
            ? StandardNormal.Quantile((1 + level) / 2)
            : Tails.StudentQuantile((1 + level) / 2, DegreesOfFreedom);
        return (Coefficients[j] - quantile * StandardErrors[j], Coefficients[j] + quantile * StandardErrors[j]);
    }

    /// <summary>The joint test that the named coefficients are all 0, with the covariance of this result.</summary>
    /// <exception cref="ArgumentException">No name, an unknown one, or a singular covariance.</exception>
    public WaldTest Wald(params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Length == 0)
            throw new ArgumentException("names is empty; at least one coefficient must be tested.", nameof(names));
        int[] at = Array.ConvertAll(names, IndexOf);
        Vector<double> b = DenseVector.OfEnumerable(at.Select(j => Coefficients[j]));
        Matrix<double> v = DenseMatrix.Create(at.Length, at.Length, (i, j) => _covariance[at[i], at[j]]);
        double statistic = b * v.Solve(b) / at.Length;
        if (!(statistic >= 0))
            throw new ArgumentException(
                $"The covariance of {string.Join(", ", names)} is singular or not positive definite " +
                $"({CovarianceMethod}); they cannot be tested together.", nameof(names));
        return WaldTest.Of(statistic, at.Length, DegreesOfFreedom);
    }
}
