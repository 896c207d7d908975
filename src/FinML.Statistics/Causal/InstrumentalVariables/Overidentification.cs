namespace FinML.Statistics;

/// <summary>
/// Tests that the instruments agree: more instruments than endogenous regressors leave restrictions that must hold if
/// all are valid. Instruments that are wrong in the same way agree too, so that not to reject is no proof.
/// </summary>
public static class Overidentification
{
    private const string Null = "all instruments are valid";

    /// <summary>The test that belongs to the estimate: J for moments, Sargan's for a classical covariance, otherwise J
    /// from two steps with its covariance.</summary>
    public static SpecificationTest Test(InstrumentalEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        if (estimate.Moments is { } moments)
            return moments.J ?? throw Exact(estimate.Model);
        return estimate.Estimator switch
        {
            ClassicalCovariance => Sargan(estimate),
            HeteroscedasticCovariance => HansenJ(estimate.Model, CovarianceEstimator.HC0), // moments have no leverages
            _ => HansenJ(estimate.Model, estimate.Estimator),
        };
    }

    /// <summary>Sargan (1958): n e'P e / e'e, P the projection on all instruments; chi-squared with k - m. Equal
    /// variances.</summary>
    public static SpecificationTest Sargan(InstrumentalEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        int restrictions = Restrictions(estimate.Model);
        return SpecificationTest.ChiSquared("Sargan", Null, Statistic(estimate), restrictions);
    }

    /// <summary>Basmann (1960): s (n - L) / (n - s) with Sargan's s; chi-squared with k - m. Equal variances.</summary>
    public static SpecificationTest Basmann(InstrumentalEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        int restrictions = Restrictions(estimate.Model), n = estimate.Count;
        double s = Statistic(estimate);
        return SpecificationTest.ChiSquared(
            "Basmann", Null, s * (n - estimate.Model.AllInstruments) / (n - s), restrictions);
    }

    /// <summary>Anderson and Rubin (1950): n ln(kappa) of limited-information maximum likelihood; chi-squared with k -
    /// m. Equal variances.</summary>
    public static SpecificationTest LikelihoodRatio(InstrumentalModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        int restrictions = Restrictions(model);
        double statistic = model.Count * Math.Log(1 + KClass.LimitedInformationExcess(model));
        return SpecificationTest.ChiSquared("Anderson-Rubin likelihood ratio", Null, statistic, restrictions);
    }

    /// <summary>Hansen (1982): the minimum n g'S^-1 g of two-step moments; chi-squared with k - m.</summary>
    /// <param name="model">Outcome, regressors, instruments.</param>
    /// <param name="covariance">Default <see cref="CovarianceEstimator.HC0"/>.</param>
    public static SpecificationTest HansenJ(InstrumentalModel model, CovarianceEstimator? covariance = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Restrictions(model);
        return GeneralizedMethodOfMoments.Fit(model, covariance).Moments!.J!;
    }

    /// <summary>
    /// The C (or difference-in-Hansen) statistic that some instruments are valid, given that the others are: J with all
    /// less J without them, both with the weights of all, so that it is not negative; chi-squared.
    /// </summary>
    /// <param name="model">With enough instruments left to identify it.</param>
    /// <param name="suspects">Names of instruments.</param>
    /// <param name="covariance">Default <see cref="CovarianceEstimator.HC0"/>.</param>
    public static SpecificationTest CStatistic(
        InstrumentalModel model, IReadOnlyList<string> suspects, CovarianceEstimator? covariance = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(suspects);
        Guard.AtLeast(suspects.Count, 1, "The number of suspects");
        foreach (string suspect in suspects)
            model.Instruments.IndexOf(suspect);
        string[] kept = [.. model.Instruments.Names.Except(suspects)];
        if (kept.Length < model.Endogenous.Columns)
            throw new ArgumentException(
                $"Without {string.Join(", ", suspects)} there remain {kept.Length} instruments for " +
                $"{model.Endogenous.Columns} endogenous regressors; the others must identify the model.",
                nameof(suspects));
        DesignMatrix first = InstrumentalModel.Join(model.Exogenous, model.Instruments.Select(kept))!;
        return Difference(
            new MomentProblem(
                model.Outcome,
                InstrumentalModel.Join(model.Endogenous, model.Exogenous)!,
                first.Append(model.Instruments.Select([.. suspects]))),
            first.Columns, covariance, $"C statistic of {string.Join(", ", suspects)}",
            $"{string.Join(", ", suspects)} are valid instruments if the others are");
    }

    /// <summary>J of all moments less J of the first ones, with the covariance of all from two steps.</summary>
    internal static SpecificationTest Difference(
        MomentProblem problem, int first, CovarianceEstimator? covariance, string name, string @null)
    {
        CovarianceEstimator moments = (covariance ?? CovarianceEstimator.HC0).WithoutFactor();
        double[] residuals = problem.Residuals(problem.Minimise(problem.Identity).Estimate);
        var s = problem.Covariance(residuals, moments).Value;
        double statistic = problem.Minimise(s).Objective - problem.Minimise(s.SubMatrix(0, first, 0, first)).Objective;
        return SpecificationTest.ChiSquared(name, @null, Math.Max(statistic, 0), problem.Moments - first);
    }

    internal static SpecificationTest J(double statistic, int restrictions) =>
        SpecificationTest.ChiSquared("Hansen J", Null, statistic, restrictions);

    private static int Restrictions(InstrumentalModel model) =>
        model.Overidentification > 0 ? model.Overidentification : throw Exact(model);

    private static InvalidOperationException Exact(InstrumentalModel model) => new(
        $"The model is exactly identified: {model.Instruments.Columns} instruments for {model.Endogenous.Columns} " +
        $"endogenous regressors leave no restriction to test.");

    private static double Statistic(InstrumentalEstimate estimate)
    {
        double[] e = [.. estimate.Residuals], left = estimate.Model.InstrumentFit.Solve(e).Residuals;
        double total = e.Sum(v => v * v);
        return estimate.Count * (e.Zip(left, (a, b) => (a - b) * (a - b)).Sum() / total);
    }
}
