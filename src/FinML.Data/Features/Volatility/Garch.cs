using FinML.Statistics;

namespace FinML.Data.Features;

/// <summary>
/// Maximum likelihood of a <see cref="GarchModel"/> under normal innovations: <see cref="VolatilityModel"/>, which has
/// other models and standard errors too, with the parameters that a feature needs.
/// </summary>
public static class Garch
{
    /// <summary>The fewest returns that are fitted.</summary>
    public const int FewestReturns = 50;

    /// <summary>Fits the returns.</summary>
    /// <exception cref="ArgumentException">There are fewer than <see cref="FewestReturns"/> returns, one is missing, or
    /// they do not vary.</exception>
    public static GarchFit Fit(ReadOnlySpan<double> returns) => TryFit(returns) ?? throw new ArgumentException(
        $"A GARCH fit needs {FewestReturns} or more finite returns that vary; got {returns.Length}.", nameof(returns));

    /// <summary>Fits the returns, or gives null where they are too few, not all finite, or do not vary.</summary>
    public static GarchFit? TryFit(ReadOnlySpan<double> returns)
    {
        if (VolatilityModel.TryFit(returns) is not { } fit)
        {
            return null;
        }

        VolatilityModel model = fit.Model;
        return new GarchFit(new GarchModel(model.Constant, model.Omega, model.Alpha, model.Beta), fit.LogLikelihood,
            fit.Iterations, fit.LargestGradient);
    }

    /// <summary>The log-likelihood of returns under a model.</summary>
    /// <exception cref="ArgumentException">There is no return, or the model is outside its range.</exception>
    public static double LogLikelihood(GarchModel model, ReadOnlySpan<double> returns)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Validate();
        if (returns.IsEmpty)
        {
            throw new ArgumentException("A likelihood needs at least one return; there are 0.", nameof(returns));
        }

        return model.Process.LogLikelihood(returns);
    }
}
