using FinML.Shared;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>One climb to a maximum of a switching model's likelihood, and the parameters as a vector: p(i to j) without
/// the last j, means, deviations, autoregression.</summary>
internal sealed class RegimeSearch(RegimeFilter filter, MarkovSwitchingOptions options)
{
    private readonly double[] _means = new double[options.Regimes], _deviations = new double[options.Regimes];
    private readonly double[,] _autoregression = new double[options.Regimes, options.Lags];

    internal static RegimeParameters Unpack(
        MarkovSwitchingOptions options, ReadOnlySpan<double> theta, double[]? initial)
    {
        int k = options.Regimes, at = k * (k - 1);
        var transitions = new double[k, k];
        for (int i = 0; i < k; i++)
        {
            double left = 1;
            for (int j = 0; j < k - 1; j++)
            {
                transitions[i, j] = theta[i * (k - 1) + j];
                left -= transitions[i, j];
            }

            transitions[i, k - 1] = left;
        }

        double[] means = theta.Slice(at, k).ToArray(), deviations = new double[k];
        var autoregression = new double[k, options.Lags];
        for (int i = 0; i < k; i++)
        {
            deviations[i] = theta[at + k + (options.SwitchingVariance ? i : 0)];
            for (int lag = 0; lag < options.Lags; lag++)
                autoregression[i, lag] = theta[at + k + options.DeviationCount
                    + (options.SwitchingAutoregression ? i * options.Lags : 0) + lag];
        }

        return new RegimeParameters(
            means, deviations, autoregression, transitions, initial ?? MarkovSwitchingModel.Stationary(transitions));
    }

    internal static double[] Pack(MarkovSwitchingOptions options, RegimeParameters model)
    {
        int k = options.Regimes;
        var theta = new List<double>();
        for (int i = 0; i < k; i++)
        {
            for (int j = 0; j < k - 1; j++)
                theta.Add(model.Transitions[i, j]);
        }

        theta.AddRange(model.Means);
        theta.AddRange(model.Deviations.Take(options.DeviationCount));
        for (int i = 0; i < (options.SwitchingAutoregression ? k : 1); i++)
        {
            for (int lag = 0; lag < options.Lags; lag++)
                theta.Add(model.Autoregression[i, lag]);
        }

        return [.. theta];
    }

    /// <summary>From a start to a maximum; null where a regime takes everything.</summary>
    internal (double[] Theta, double[] Initial, double Likelihood, int Steps, bool Converged)? Climb(double[] start)
    {
        double[] theta = start;
        double[] initial = MarkovSwitchingModel.Stationary(Unpack(options, theta, null).Transitions);
        double likelihood = double.NaN;
        int rounds = 0;
        bool converged = false;
        if (options.Lags == 0)
        {
            double last = double.NegativeInfinity;
            while (true)
            {
                rounds++;
                RegimeParameters model = Unpack(options, theta, initial);
                likelihood = filter.Run(model);
                if (double.IsNaN(likelihood))
                    return null;
                converged = likelihood - last < options.Tolerance * filter.Count;
                if (converged || rounds == options.MaximumRounds)
                    break;
                last = likelihood;
                filter.Smooth(model);
                (theta, initial) = Maximise();
            }
        }

        if (!options.UsesGradient)
            return (theta, initial, likelihood, rounds, converged);
        bool stationary = options.Initial == InitialRegime.Stationary;
        double[] natural = new double[theta.Length], slope = new double[theta.Length];
        QuasiNewton.Objective objective = (free, gradient) =>
        {
            ToNatural(free, natural);
            double value = NaturalGradient(natural, initial, slope);
            Chain(natural, slope, gradient);
            for (int j = 0; j < gradient.Length; j++)
                gradient[j] /= -filter.Count;
            return -value / filter.Count;
        };
        QuasiNewton.Result found = QuasiNewton.Minimise(objective, ToFree(theta), 1e-8, 500);
        if (double.IsNaN(found.Value))
            return null;
        ToNatural(found.X, natural);
        if (stationary)
            initial = MarkovSwitchingModel.Stationary(Unpack(options, natural, null).Transitions);
        return (natural, initial, -found.Value * filter.Count, rounds + found.Iterations, found.LargestGradient < 1e-5);
    }

    /// <summary>The log-likelihood and its gradient by the parameters as they are. The initial distribution moves with
    /// the transitions where it is stationary.</summary>
    internal double NaturalGradient(double[] theta, double[] initial, Span<double> gradient)
    {
        bool stationary = options.Initial == InitialRegime.Stationary;
        RegimeParameters model = Unpack(options, theta, stationary ? null : initial);
        double likelihood = filter.Run(model);
        filter.Smooth(model);
        filter.Gradient(model, _means, _deviations, _autoregression);
        int k = options.Regimes, at = k * (k - 1);
        Matrix<double>? fundamental = stationary ? Fundamental(model) : null;
        for (int i = 0; i < k; i++)
        {
            for (int j = 0; j < k - 1; j++)
            {
                double slope = filter.Changes[i, j] / model.Transitions[i, j]
                    - filter.Changes[i, k - 1] / model.Transitions[i, k - 1];

                // d pi = pi dP Z, with dP 1 at (i, j) and -1 at (i, K).
                for (int m = 0; fundamental is not null && m < k; m++)
                    slope += filter.First[m] / model.Initial[m]
                        * model.Initial[i] * (fundamental[j, m] - fundamental[k - 1, m]);
                gradient[i * (k - 1) + j] = slope;
            }
        }

        gradient[at..].Clear();
        for (int i = 0; i < k; i++)
        {
            gradient[at + i] = _means[i];
            gradient[at + k + (options.SwitchingVariance ? i : 0)] += _deviations[i];
            for (int lag = 0; lag < options.Lags; lag++)
                gradient[at + k + options.DeviationCount + (options.SwitchingAutoregression ? i * options.Lags : 0)
                    + lag] += _autoregression[i, lag];
        }

        return likelihood;
    }

    /// <summary>Z = (I - P + 1 pi')^-1.</summary>
    private Matrix<double> Fundamental(RegimeParameters model)
    {
        int k = options.Regimes;
        return DenseMatrix.Create(k, k, (i, j) => (i == j ? 1 : 0) - model.Transitions[i, j] + model.Initial[j])
            .Inverse();
    }

    /// <summary>The moments that the smoothed probabilities weigh.</summary>
    private (double[] Theta, double[] Initial) Maximise()
    {
        int k = options.Regimes;
        var transitions = new double[k, k];
        for (int i = 0; i < k; i++)
        {
            double total = 0;
            for (int j = 0; j < k; j++)
                total += filter.Changes[i, j];
            for (int j = 0; j < k; j++)
                transitions[i, j] = MarkovSwitchingEstimation.Inside(filter.Changes[i, j] / total);
        }

        (double[] means, double[] deviations) = filter.WeightedMoments(options.SwitchingVariance);
        for (int i = 0; i < k; i++)
            deviations[i] = Math.Max(deviations[i], options.SmallestDeviation);
        double[] theta = Pack(options, new RegimeParameters(
            means, deviations, new double[k, 0], transitions, filter.First));
        double[] initial = options.Initial == InitialRegime.Estimated
            ? [.. filter.First]
            : MarkovSwitchingModel.Stationary(Unpack(options, theta, null).Transitions);
        return (theta, initial);
    }

    /// <summary>Log-ratios of each row of transitions to its last, means, logarithms of the deviations above their
    /// floor, autoregression.</summary>
    private double[] ToFree(double[] theta)
    {
        int k = options.Regimes, at = k * (k - 1);
        double[] free = [.. theta];
        for (int i = 0; i < k; i++)
        {
            double last = 1 - theta.AsSpan(i * (k - 1), k - 1).ToArray().Sum();
            for (int j = 0; j < k - 1; j++)
                free[i * (k - 1) + j] = Math.Log(theta[i * (k - 1) + j] / Math.Max(last, 1e-12));
        }

        for (int i = 0; i < options.DeviationCount; i++)
            free[at + k + i] = Math.Log(Math.Max(theta[at + k + i] - options.SmallestDeviation, 1e-9));
        return free;
    }

    private void ToNatural(ReadOnlySpan<double> free, double[] theta)
    {
        int k = options.Regimes, at = k * (k - 1);
        free.CopyTo(theta);
        for (int i = 0; i < k; i++)
        {
            Span<double> row = theta.AsSpan(i * (k - 1), k - 1);
            double largest = 0, total = 0;
            foreach (double value in row)
                largest = Math.Max(largest, value);
            for (int j = 0; j < row.Length; j++)
                total += row[j] = Math.Exp(row[j] - largest);
            total += Math.Exp(-largest);

            // Kept inside, so that every change stays possible and the last probability does not round to 0.
            for (int j = 0; j < row.Length; j++)
                row[j] = 1e-10 + (1 - k * 1e-10) * row[j] / total;
        }

        for (int i = 0; i < options.DeviationCount; i++)
            theta[at + k + i] = options.SmallestDeviation + Math.Exp(free[at + k + i]);
    }

    private void Chain(double[] theta, double[] slope, Span<double> gradient)
    {
        int k = options.Regimes, at = k * (k - 1);
        slope.CopyTo(gradient);
        for (int i = 0; i < k; i++)
        {
            double mean = 0;
            for (int j = 0; j < k - 1; j++)
                mean += theta[i * (k - 1) + j] * slope[i * (k - 1) + j];
            for (int j = 0; j < k - 1; j++)
                gradient[i * (k - 1) + j] = theta[i * (k - 1) + j] * (slope[i * (k - 1) + j] - mean);
        }

        for (int i = 0; i < options.DeviationCount; i++)
            gradient[at + k + i] *= theta[at + k + i] - options.SmallestDeviation;
    }
}
