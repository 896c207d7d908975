using FinML.Shared;
using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>
/// Maximum likelihood of a switching model, values in units of their standard deviation around their mean: expectation
/// and maximisation without autoregression (J. D. Hamilton, "Analysis of time series subject to changes in regime",
/// Journal of Econometrics 45, 1990), then a quasi-Newton method on the exact gradient.
/// </summary>
internal static class MarkovSwitchingEstimation
{
    private const int FewestValues = 50;
    private const double SmallestProbability = 1e-8; // of a change of regime, so that none is for ever

    internal static MarkovSwitchingFit Fit(ReadOnlySpan<double> values, MarkovSwitchingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Guard.Series(values, FewestValues + options.Lags, nameof(values));
        Guard.NotConstant(values, nameof(values));
        Moments moments = Moments.Of(values);
        double centre = moments.Mean, unit = moments.StandardDeviation(0);
        double[] y = Array.ConvertAll(values.ToArray(), value => (value - centre) / unit);
        var filter = new RegimeFilter(y, options.Regimes, options.Lags);
        var search = new RegimeSearch(filter, options);
        (double[] Theta, double[] Initial, double Likelihood, int Steps, bool Converged)? best = null;
        foreach (double[] start in Starts(options).Take(options.SeveralStarts ? int.MaxValue : 1))
        {
            if (search.Climb(start) is { } found && !(found.Likelihood <= best?.Likelihood))
                best = found;
        }

        if (best is not { } top)
            throw new ArgumentException(
                $"The values do not show {options.Regimes} regimes: one of them took all {values.Length}.",
                nameof(values));

        (double[] theta, double[] initial) = Ordered(options, top.Theta, top.Initial);
        double[] natural = [.. theta];
        int transitions = options.Regimes * (options.Regimes - 1);
        for (int k = 0; k < options.Regimes; k++)
            natural[transitions + k] = centre + unit * theta[transitions + k];
        for (int k = 0; k < options.DeviationCount; k++)
            natural[transitions + options.Regimes + k] *= unit;
        MarkovSwitchingModel model = ModelOf(options, natural,
            options.Initial == InitialRegime.Estimated ? initial : null);
        return new MarkovSwitchingFit(() => Covariance(search, theta, initial, unit, options))
        {
            Model = model,
            Parameters = natural,
            Options = options,
            LogLikelihood = top.Likelihood - filter.Count * Math.Log(unit),
            Count = filter.Count,
            Iterations = top.Steps,
            Converged = top.Converged,
            Remark = !top.Converged ? $"Not converged after {top.Steps} iterations."
                : model.Deviations.Any(deviation => deviation < 1.01 * options.SmallestDeviation * unit)
                    ? "The deviation of a regime is at its floor: it holds a few values that are nearly the same."
                : theta.Take(transitions).Any(p => p is < 1e-6 or > 1 - 1e-6)
                    ? "A probability of a change is at 0 or 1, where the standard errors do not hold."
                : "",
            Probabilities = model.Probabilities(values),
        };
    }

    internal static MarkovSwitchingModel ModelOf(MarkovSwitchingOptions options, double[] theta, double[]? initial)
    {
        RegimeParameters parameters = RegimeSearch.Unpack(options, theta, initial);
        int k = options.Regimes;
        return new MarkovSwitchingModel
        {
            Means = parameters.Means,
            Deviations = parameters.Deviations,
            Transitions = Rows(parameters.Transitions, k, k),
            Autoregression = Rows(parameters.Autoregression, k, options.Lags),
            Initial = initial,
        };
    }

    internal static double Inside(double probability) =>
        Math.Clamp(probability, SmallestProbability, 1 - SmallestProbability);

    private static Matrix<double> Covariance(
        RegimeSearch search, double[] theta, double[] initial, double unit, MarkovSwitchingOptions options)
    {
        double[] steps = [.. theta.Select(value => 1e-4 * Math.Max(Math.Abs(value), 0.01))];
        int transitions = options.Regimes * (options.Regimes - 1);
        for (int j = 0; j < transitions; j++)
            steps[j] = Math.Min(steps[j], 0.1 * Math.Min(theta[j], 1 - theta[j]));
        Matrix<double> covariance = LikelihoodCovariance.Of(LikelihoodErrors.Hessian,
            () => LikelihoodCovariance.Information(
                (at, slope) => search.NaturalGradient(at.ToArray(), initial, slope), theta, steps), new double[1, 1]);
        for (int i = 0; i < theta.Length; i++)
        {
            for (int j = 0; j < theta.Length; j++)
                covariance[i, j] *= Unit(i) * Unit(j);
        }

        return covariance;

        double Unit(int i) =>
            i >= transitions && i < transitions + options.Regimes + options.DeviationCount ? unit : 1;
    }

    /// <summary>Means apart or together, persistent regimes or fleeting ones.</summary>
    private static IEnumerable<double[]> Starts(MarkovSwitchingOptions options)
    {
        int k = options.Regimes;
        foreach (double stays in new[] { 0.95, 0.8 })
        {
            foreach (double spread in options.SwitchingVariance ? new[] { 0, 0.8, -0.8 } : [0.8, 1.6])
            {
                double[] theta = new double[options.ParameterCount];
                for (int i = 0; i < k; i++)
                {
                    for (int j = 0; j < k - 1; j++)
                        theta[i * (k - 1) + j] = i == j ? stays : (1 - stays) / (k - 1);
                }

                int at = k * (k - 1);
                for (int i = 0; i < k; i++)
                {
                    double position = 2.0 * i / (k - 1) - 1; // from -1 to 1
                    theta[at + i] = spread * position;
                    if (options.SwitchingVariance)
                        theta[at + k + i] = 0.6 * Math.Pow(1.6 / 0.6, (position + 1) / 2);
                }

                if (!options.SwitchingVariance)
                    theta[at + k] = 0.8;
                yield return theta;
            }
        }
    }

    /// <summary>The regimes in the order of their deviations, or of their means where they share one.</summary>
    private static (double[] Theta, double[] Initial) Ordered(
        MarkovSwitchingOptions options, double[] theta, double[] initial)
    {
        RegimeParameters p = RegimeSearch.Unpack(options, theta, initial);
        int[] order = [.. Enumerable.Range(0, options.Regimes)
            .OrderBy(k => options.SwitchingVariance ? p.Deviations[k] : p.Means[k])];
        int n = options.Regimes;
        var transitions = new double[n, n];
        var autoregression = new double[n, options.Lags];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                transitions[i, j] = p.Transitions[order[i], order[j]];
            for (int lag = 0; lag < options.Lags; lag++)
                autoregression[i, lag] = p.Autoregression[order[i], lag];
        }

        return (RegimeSearch.Pack(options, new RegimeParameters(
            Array.ConvertAll(order, k => p.Means[k]), Array.ConvertAll(order, k => p.Deviations[k]), autoregression,
            transitions, p.Initial)), Array.ConvertAll(order, k => initial[k]));
    }

    private static double[][] Rows(double[,] values, int rows, int columns) =>
        [.. Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, columns).Select(j => values[i, j]).ToArray())];
}
