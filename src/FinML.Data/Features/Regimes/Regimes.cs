using FinML.Statistics;

namespace FinML.Data.Features;

/// <summary>
/// Maximum likelihood of a <see cref="RegimeModel"/> on training rows by expectation and maximisation, as <see
/// cref="MarkovSwitchingModel"/> has it. The smoothed probabilities serve the fit and never leave it: what a feature
/// may know is the filtered one.
/// Source: J. D. Hamilton, "Analysis of time series subject to changes in regime", Journal of Econometrics 45 (1990).
/// </summary>
public static class Regimes
{
    private const int FewestReturns = 50;

    /// <summary>Fits the returns of the training rows.</summary>
    /// <param name="train">The rows to learn from; leading rows whose return is missing are left out.</param>
    /// <param name="returns">One for each row of the series that was split.</param>
    /// <param name="options">The defaults where left out.</param>
    /// <exception cref="ArgumentException">The slice was split from a series of another length, fewer than 50 returns
    /// are left, one is missing among them, or they do not vary.</exception>
    public static RegimeFit Fit(TrainingSpan train, ReadOnlySpan<double> returns, RegimeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        options ??= new RegimeOptions();
        options.Validate();
        if (returns.Length != train.SeriesLength)
        {
            throw new ArgumentException($"The training span was split from a series of {train.SeriesLength} rows; "
                + $"there are {returns.Length} returns.", nameof(returns));
        }

        double[] x = returns[train.Start..train.End].ToArray();
        x = [.. x.SkipWhile(double.IsNaN)];
        RollingMoments moments = new(0, 0, 0);
        foreach (double r in x)
        {
            moments = RollingMoments.Combine(moments, RollingMoments.Of(r));
        }

        double volatility = Math.Sqrt(moments.PopulationVariance);
        if (x.Length < FewestReturns || !(volatility > 0) || !double.IsFinite(volatility))
        {
            throw new ArgumentException($"Regimes need {FewestReturns} or more finite training returns that vary; got "
                + $"{x.Length} of volatility {volatility}.", nameof(returns));
        }

        MarkovSwitchingFit fit = MarkovSwitchingModel.Fit(x, new MarkovSwitchingOptions
        {
            Initial = InitialRegime.Estimated,
            Polish = false,
            SeveralStarts = false,
            MaximumRounds = options.MaximumIterations,
            Tolerance = options.Tolerance,
            SmallestDeviation = options.SmallestVolatility,
        });
        MarkovSwitchingModel found = fit.Model; // the regime of the lower volatility comes first
        return new RegimeFit(new RegimeModel
        {
            CalmMean = found.Means[0],
            CalmVolatility = found.Deviations[0],
            CalmStays = found.Transitions[0][0],
            TurbulentMean = found.Means[1],
            TurbulentVolatility = found.Deviations[1],
            TurbulentStays = found.Transitions[1][1],
        }, fit.LogLikelihood, fit.Iterations, fit.Converged);
    }

    /// <summary>Hamilton's filter: P(turbulent at t | returns up to t); gives the log-likelihood.</summary>
    /// <param name="model">The regimes.</param>
    /// <param name="returns">The returns.</param>
    /// <param name="start">The probability that the first row is turbulent, before its return is known.</param>
    /// <param name="turbulent">Room for one probability a return.</param>
    internal static double Filter(
        RegimeModel model, ReadOnlySpan<double> returns, double start, Span<double> turbulent)
    {
        RegimeProbabilities probabilities = new MarkovSwitchingModel
        {
            Means = [model.CalmMean, model.TurbulentMean],
            Deviations = [model.CalmVolatility, model.TurbulentVolatility],
            Transitions = [[model.CalmStays, 1 - model.CalmStays], [1 - model.TurbulentStays, model.TurbulentStays]],
            Autoregression = [[], []],
            Initial = [1 - start, start],
        }.Probabilities(returns);
        for (int t = 0; t < returns.Length; t++)
        {
            turbulent[t] = probabilities.Filtered[t][1];
        }

        return probabilities.LogLikelihood;
    }
}
