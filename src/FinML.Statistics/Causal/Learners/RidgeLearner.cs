namespace FinML.Statistics;

/// <summary>Ridge regression with the penalty of generalised cross-validation (<see cref="RidgeRegression"/>): right
/// where many features say a little each.</summary>
public sealed class RidgeLearner : ILearner
{
    /// <inheritdoc/>
    public string Name => "ridge, penalty by generalised cross-validation";

    /// <inheritdoc/>
    public IFittedLearner Fit(DesignMatrix features, ReadOnlySpan<double> target, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(features);
        RidgeRegression fit = RidgeRegression.FitByCrossValidation(target, features);
        return new LinearPrediction(fit.Coefficients[0], [.. fit.Coefficients.Skip(1)]);
    }
}
