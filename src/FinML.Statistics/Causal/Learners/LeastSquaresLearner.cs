namespace FinML.Statistics;

/// <summary>Least squares with an intercept: right where the truth is linear in few features.</summary>
public sealed class LeastSquaresLearner : ILearner
{
    /// <inheritdoc/>
    public string Name => "least squares";

    /// <inheritdoc/>
    public IFittedLearner Fit(DesignMatrix features, ReadOnlySpan<double> target, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(features);
        LinearRegression fit = LinearRegression.Fit(target, features.WithIntercept());
        return new LinearPrediction(fit.Coefficients[0], [.. fit.Coefficients.Skip(1)]);
    }
}
