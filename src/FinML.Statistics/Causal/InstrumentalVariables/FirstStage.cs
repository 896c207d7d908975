namespace FinML.Statistics;

/// <summary>The regression of one endogenous regressor on the instruments and the exogenous regressors.</summary>
public sealed record FirstStage
{
    /// <summary>The endogenous regressor.</summary>
    public required string Name { get; init; }

    /// <summary>The regression, with the covariance given.</summary>
    public required LinearRegression Regression { get; init; }

    /// <summary>The joint test of the instruments with the covariance given. Where there are several endogenous
    /// regressors it can be large for each though they are not identified together: see
    /// <see cref="WeakInstruments"/>.</summary>
    public required WaldTest F { get; init; }

    /// <summary>Share of the variance left by the exogenous regressors that the instruments explain.</summary>
    public required double PartialRSquared { get; init; }

    /// <summary>The first stage of every endogenous regressor.</summary>
    /// <param name="model">Outcome, regressors, instruments.</param>
    /// <param name="covariance">Default <see cref="CovarianceEstimator.Classical"/>.</param>
    public static IReadOnlyList<FirstStage> Of(InstrumentalModel model, CovarianceEstimator? covariance = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        DesignMatrix all = InstrumentalModel.Join(model.Exogenous, model.Instruments)!;
        return
        [
            .. model.Endogenous.Names.Select((name, j) =>
            {
                LinearRegression fit = LinearRegression.Fit(model.Endogenous.Column(j), all, covariance);
                double left = model.ResidualX.Column(j).DotProduct(model.ResidualX.Column(j));
                return new FirstStage
                {
                    Name = name,
                    Regression = fit,
                    F = fit.Wald([.. model.Instruments.Names]),
                    PartialRSquared = 1 - left / model.X.Column(j).DotProduct(model.X.Column(j)),
                };
            }),
        ];
    }
}
