using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>
/// An estimate with instruments: the coefficients of the endogenous regressors, then of the exogenous ones, with what
/// the estimate rests on. A coefficient of an endogenous regressor is an effect where its assumptions hold; where
/// effects differ between units it is that of those whom the instruments move (Imbens and Angrist 1994).
/// </summary>
public sealed record InstrumentalEstimate : CoefficientTable, ICausalResult
{
    internal InstrumentalEstimate(
        InstrumentalModel model,
        double[] coefficients,
        Matrix<double> covariance,
        int degreesOfFreedom,
        string covarianceMethod,
        CovarianceEstimator estimator,
        GmmFit? moments = null)
        : base(model.Regressors, coefficients, covariance, degreesOfFreedom, covarianceMethod)
    {
        (Model, Estimator, Moments) = (model, estimator, moments);
    }

    /// <summary>The estimator.</summary>
    public required string Method { get; init; }

    /// <summary>The k of the k-class: 1 for two-stage least squares; null for moments.</summary>
    public required double? Kappa { get; init; }

    /// <summary>outcome - regressors b: with the regressors as they are, not projected.</summary>
    public required IReadOnlyList<double> Residuals { get; init; }

    /// <summary>sqrt(e'e / (n - regressors)).</summary>
    public required double ResidualStandardDeviation { get; init; }

    /// <summary>How the moments were weighted and minimised; null for the k-class.</summary>
    public GmmFit? Moments { get; }

    /// <summary>The model.</summary>
    public InstrumentalModel Model { get; }

    /// <summary>Rows.</summary>
    public int Count => Model.Count;

    /// <summary>The covariance estimator of the standard errors.</summary>
    internal CovarianceEstimator Estimator { get; }

    /// <inheritdoc/>
    public CausalClaim Claim => CausalClaim.Effect;

    /// <summary>Least squares with the same regressors and covariance: what the instruments changed.</summary>
    public LinearRegression LeastSquares() => LinearRegression.Fit(
        [.. Model.Outcome], InstrumentalModel.Join(Model.Endogenous, Model.Exogenous)!, Estimator);

    /// <summary>Relevance, exclusion, independence and monotonicity; made anew at each call.</summary>
    public IReadOnlyList<Assumption> Assumptions
    {
        get
        {
            string instruments = string.Join(", ", Model.Instruments.Names);
            string endogenous = string.Join(", ", Model.Endogenous.Names);
            return
            [
                Tested("relevance", $"The instruments ({instruments}) move every endogenous regressor " +
                    $"({endogenous}), strongly enough for the sample.", Relevance),
                Tested("exclusion", $"The instruments ({instruments}) move the outcome through {endogenous} alone.",
                    () => Model.Overidentification == 0 ? [] : [Overidentification.Test(this).OfAssumption()]),
                new("independence", $"Given the exogenous regressors, {instruments} are as good as randomly assigned."),
                new("monotonicity",
                    "No unit is moved against the direction of the others; needed where effects differ."),
            ];
        }
    }

    /// <summary>With its diagnostics, or with the reason why there are none.</summary>
    private static Assumption Tested(string name, string statement, Func<Diagnostic[]> diagnostics)
    {
        try
        {
            return new Assumption(name, statement, diagnostics());
        }
        catch (ArgumentException reason)
        {
            return new Assumption(name, $"{statement} (It could not be tested: {reason.Message})");
        }
    }

    private Diagnostic[] Relevance()
    {
        WeakInstruments weak = WeakInstruments.Of(Model, Estimator);
        var diagnostics = new List<Diagnostic> { weak.Underidentification.OfFailure(), weak.Strength() };
        if (Model.Endogenous.Columns == 1)
            diagnostics.Add(EffectiveF.Of(Model, Estimator).AsDiagnostic());
        return [.. diagnostics];
    }
}
