using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>
/// Whether the instruments identify all endogenous regressors together: the smallest canonical correlation between the
/// two, the exogenous regressors projected out, as the Wald F statistics of Cragg and Donald (1993; equal variances)
/// and of Kleibergen and Paap (2006; any covariance), and the rank test of Kleibergen and Paap as a Lagrange
/// multiplier. The numbers are those of Stata's ivreg2 and ranktest where the covariance is HC1, clustered, or a kernel
/// with the factor n / (n - k); HC0 leaves the small-sample factor of F out.
/// </summary>
public sealed record WeakInstruments
{
    /// <summary>Cragg and Donald's Wald statistic over k, with n - L.</summary>
    public required double CraggDonaldF { get; init; }

    /// <summary>Kleibergen and Paap's rk Wald statistic over k; equal to <see cref="CraggDonaldF"/> for
    /// <see cref="CovarianceEstimator.Classical"/>, to the first-stage F for one endogenous regressor.</summary>
    public required double KleibergenPaapF { get; init; }

    /// <summary>
    /// Test that the instruments leave a combination of the endogenous regressors unexplained; chi-squared with
    /// k - m + 1 degrees of freedom. To reject is not enough: instruments that are relevant can still be weak.
    /// </summary>
    public required SpecificationTest Underidentification { get; init; }

    /// <summary>How the covariance was estimated, in words.</summary>
    public required string CovarianceMethod { get; init; }

    /// <summary>m.</summary>
    public required int EndogenousCount { get; init; }

    /// <summary>k.</summary>
    public required int InstrumentCount { get; init; }

    /// <summary>Tests.</summary>
    /// <param name="model">Outcome, regressors, instruments.</param>
    /// <param name="covariance">Default <see cref="CovarianceEstimator.Classical"/>.</param>
    public static WeakInstruments Of(InstrumentalModel model, CovarianceEstimator? covariance = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        covariance ??= CovarianceEstimator.Classical;
        int n = model.Count, k = model.Instruments.Columns, m = model.Endogenous.Columns;
        Matrix<double> x = model.X.QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin).Q * Math.Sqrt(n);
        Matrix<double> theta = model.Basis.TransposeThisAndMultiply(x) / n; // (k, m), canonical coordinates
        var svd = theta.Svd();
        double r = svd.S[m - 1];
        Vector<double> right = svd.VT.Row(m - 1);
        Matrix<double> left = svd.U.SubMatrix(0, k, m - 1, k - m + 1); // the last k - m + 1 directions
        Matrix<double> z = model.Basis * left; // (n, k - m + 1)
        Vector<double> along = x * right, remaining = along - model.Basis * (theta * right);
        Vector<double> moment = left.TransposeThisAndMultiply(theta * right);

        ScoreCovariance wald = Meat(covariance, z, remaining, model.InstrumentFit, model.AllInstruments);
        ScoreCovariance lagrange = Meat(covariance.WithoutFactor(), z, along, model.InstrumentFit, 0);
        int freedom = k - m + 1;
        return new WeakInstruments
        {
            CraggDonaldF = (n - model.AllInstruments) * r * r / (1 - r * r) / k,
            KleibergenPaapF = n * QuadraticForm.Inverse(moment, wald.Value) / k,
            Underidentification = SpecificationTest.ChiSquared("Kleibergen-Paap rank LM",
                "the instruments leave a combination of the endogenous regressors unexplained",
                n * QuadraticForm.Inverse(moment, lagrange.Value), freedom),
            CovarianceMethod = wald.Method,
            EndogenousCount = m,
            InstrumentCount = k,
        };
    }

    /// <summary>By the rule of thumb of Staiger and Stock (1997): 10.</summary>
    internal Diagnostic Strength()
    {
        bool strong = KleibergenPaapF >= 10;
        string verdict = strong
            ? "10 or more"
            : "below 10: identification is weak, estimates are biased towards least squares and their intervals hold " +
            "the truth too seldom";
        return new Diagnostic("Kleibergen-Paap F", KleibergenPaapF, strong ? Bearing.Supports : Bearing.Contradicts,
            string.Create(
                CultureInfo.InvariantCulture, $"F = {KleibergenPaapF:0.##} is {verdict} (Staiger and Stock)."));
    }

    /// <summary>Covariance of the scores z e; the leverages are those of the first stage.</summary>
    private static ScoreCovariance Meat(
        CovarianceEstimator covariance, Matrix<double> z, Vector<double> e, HouseholderQr fit, int parameters) =>
        covariance.Of(Scores.OfRegression(
            z.ToColumnMajorArray(), e.ToArray(), fit.Leverages, parameters: parameters));
}
