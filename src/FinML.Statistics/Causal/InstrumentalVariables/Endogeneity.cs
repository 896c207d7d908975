using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// Tests that regressors treated as endogenous are exogenous after all: whether instruments were needed. They lean on
/// the instruments being valid and strong; with weak ones they hardly ever reject.
/// </summary>
public static class Endogeneity
{
    /// <summary>
    /// Wu (1973) and Hausman (1978): F = (d / q) / ((u'u - d) / (n - regressors - q)), d = u'P u - e'P e with the
    /// residuals u where the q regressors are exogenous and e where they are not, each projected on its instruments.
    /// Equal variances.
    /// </summary>
    /// <param name="model">Outcome, regressors, instruments.</param>
    /// <param name="names">Endogenous regressors to test; none for all of them.</param>
    public static SpecificationTest WuHausman(InstrumentalModel model, params string[] names)
    {
        (double d, double total, int q) = Difference(model, ref names);
        int freedom = model.Count - model.Regressors.Count - q;
        return SpecificationTest.F("Wu-Hausman", Null(names), d / q / ((total - d) / freedom), q, freedom);
    }

    /// <summary>Durbin (1954): n d / u'u, d and u as in <see cref="WuHausman"/>; chi-squared with q. Equal variances.
    /// </summary>
    /// <param name="model">Outcome, regressors, instruments.</param>
    /// <param name="names">Endogenous regressors to test; none for all of them.</param>
    public static SpecificationTest Durbin(InstrumentalModel model, params string[] names)
    {
        (double d, double total, int q) = Difference(model, ref names);
        return SpecificationTest.ChiSquared("Durbin", Null(names), model.Count * d / total, q);
    }

    /// <summary>
    /// The C statistic: J with the regressors among the instruments less J without, both with the weights of the
    /// former; chi-squared with q. Holds under any covariance; with <see cref="CovarianceEstimator.Classical"/> it is
    /// Durbin's.
    /// </summary>
    /// <param name="model">Outcome, regressors, instruments.</param>
    /// <param name="covariance">Default <see cref="CovarianceEstimator.HC0"/>.</param>
    /// <param name="names">Endogenous regressors to test; none for all of them.</param>
    public static SpecificationTest CStatistic(
        InstrumentalModel model, CovarianceEstimator? covariance = null, params string[] names)
    {
        ArgumentNullException.ThrowIfNull(model);
        names = Tested(model, names);
        DesignMatrix instruments = InstrumentalModel.Join(model.Exogenous, model.Instruments)!;
        var problem = new MomentProblem(
            model.Outcome,
            InstrumentalModel.Join(model.Endogenous, model.Exogenous)!,
            instruments.Append(model.Endogenous.Select(names)));
        return Overidentification.Difference(
            problem, instruments.Columns, covariance, "C statistic of endogeneity", Null(names));
    }

    private static (double Difference, double Total, int Tested) Difference(InstrumentalModel model, ref string[] names)
    {
        ArgumentNullException.ThrowIfNull(model);
        names = Tested(model, names);
        DesignMatrix regressors = InstrumentalModel.Join(model.Endogenous, model.Exogenous)!;
        DesignMatrix instruments = InstrumentalModel.Join(model.Exogenous, model.Instruments)!;
        (double explained, double total) = Explained(model, regressors,
            instruments.Append(model.Endogenous.Select(names)));
        return (explained - Explained(model, regressors, instruments).Explained, total, names.Length);
    }

    /// <summary>u'P u and u'u of two-stage least squares with these instruments: the objective with weights I is u'P u.
    /// </summary>
    private static (double Explained, double Total) Explained(
        InstrumentalModel model, DesignMatrix regressors, DesignMatrix instruments)
    {
        var problem = new MomentProblem(model.Outcome, regressors, instruments);
        (Vector<double> b, double objective) = problem.Minimise(DenseMatrix.CreateIdentity(instruments.Columns));
        return (objective, problem.Residuals(b).Sum(u => u * u));
    }

    private static string[] Tested(InstrumentalModel model, string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (string name in names)
            model.Endogenous.IndexOf(name);
        return names.Length == 0 ? [.. model.Endogenous.Names] : names;
    }

    private static string Null(string[] names) => $"{string.Join(", ", names)} are exogenous";
}
