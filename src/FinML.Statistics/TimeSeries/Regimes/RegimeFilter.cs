namespace FinML.Statistics;

/// <summary>
/// Hamilton's filter (Time Series Analysis, 1994, equations 22.4.5 to 22.4.8) and the smoother of C.-J. Kim, "Dynamic
/// linear models with Markov-switching", Journal of Econometrics 60 (1994), on the chain of (s_t, ... s_{t-p}), on
/// which both are exact. State i is s_t + K s_{t-1} + ... + K^p s_{t-p}.
/// </summary>
internal sealed class RegimeFilter
{
    private readonly double[] _y, _predicted;
    private readonly int _regimes, _lags, _states, _old;

    internal RegimeFilter(ReadOnlySpan<double> values, int regimes, int lags)
    {
        (_y, _regimes, _lags) = (values.ToArray(), regimes, lags);
        _old = (int)Math.Pow(regimes, lags);
        _states = _old * regimes;
        Count = values.Length - lags;
        _predicted = new double[Count * _states];
        Filtered = new double[Count * _states];
        Smoothed = new double[Count * _states];
        Changes = new double[regimes, regimes];
        First = new double[regimes];
    }

    /// <summary>Number of values after the first lags.</summary>
    internal int Count { get; }

    /// <summary>Of each value and state, given the values up to it; one state after the other.</summary>
    internal double[] Filtered { get; }

    /// <summary>Likewise, given all values.</summary>
    internal double[] Smoothed { get; }

    /// <summary>Expected number of changes from one regime to another, given all values.</summary>
    internal double[,] Changes { get; }

    /// <summary>The first regime, given all values.</summary>
    internal double[] First { get; }

    /// <summary>Filters, and gives the log-likelihood; NaN where no regime can have made a value.</summary>
    internal double Run(RegimeParameters model)
    {
        double likelihood = 0;
        Span<double> logs = _states <= 256 ? stackalloc double[_states] : new double[_states];
        for (int t = 0; t < Count; t++)
        {
            Span<double> predicted = _predicted.AsSpan(t * _states, _states);
            Span<double> filtered = Filtered.AsSpan(t * _states, _states);
            if (t == 0)
                Begin(model, predicted);
            else
                Predict(model, Filtered.AsSpan((t - 1) * _states, _states), predicted);
            double largest = double.NegativeInfinity, total = 0;
            for (int i = 0; i < _states; i++)
            {
                double z = Error(model, t, i) / model.Deviations[i % _regimes];
                logs[i] = -0.5 * z * z - Math.Log(model.Deviations[i % _regimes]) - 0.5 * Math.Log(2 * Math.PI);
                largest = Math.Max(largest, logs[i]);
            }

            for (int i = 0; i < _states; i++)
                total += filtered[i] = predicted[i] * Math.Exp(logs[i] - largest);
            for (int i = 0; i < _states; i++)
                filtered[i] /= total;
            likelihood += Math.Log(total) + largest;
        }

        return likelihood;
    }

    /// <summary>Smooths after <see cref="Run"/> of the same model.</summary>
    internal void Smooth(RegimeParameters model)
    {
        Array.Clear(Changes);
        Filtered.AsSpan((Count - 1) * _states).CopyTo(Smoothed.AsSpan((Count - 1) * _states));
        for (int t = Count - 2; t >= 0; t--)
        {
            int at = t * _states, ahead = at + _states;
            for (int i = 0; i < _states; i++)
            {
                int regime = i % _regimes, shifted = i % _old * _regimes;
                double sum = 0;
                for (int next = 0; next < _regimes; next++)
                {
                    double predicted = _predicted[ahead + shifted + next];
                    double ratio = predicted > 0 ? Smoothed[ahead + shifted + next] / predicted : 0;
                    double both = Filtered[at + i] * model.Transitions[regime, next] * ratio;
                    Changes[regime, next] += both;
                    sum += both;
                }

                Smoothed[at + i] = sum;
            }
        }

        // The states of the first value hold the regimes of its lags too.
        Array.Clear(First);
        for (int i = 0; i < _states; i++)
        {
            int path = i;
            for (int lag = 0; lag < _lags; lag++, path /= _regimes)
                Changes[path / _regimes % _regimes, path % _regimes] += Smoothed[i];
            First[path] += Smoothed[i];
        }
    }

    /// <summary>
    /// The derivatives of the log-likelihood by each mean, deviation and autoregressive coefficient: the expected
    /// derivatives of the likelihood with the regimes known (R. A. Fisher's identity).
    /// </summary>
    internal void Gradient(RegimeParameters model, double[] means, double[] deviations, double[,] autoregression)
    {
        Array.Clear(means);
        Array.Clear(deviations);
        Array.Clear(autoregression);
        for (int t = 0; t < Count; t++)
        {
            for (int i = 0; i < _states; i++)
            {
                double weight = Smoothed[t * _states + i];
                if (weight == 0)
                    continue;
                int regime = i % _regimes, path = i / _regimes;
                double deviation = model.Deviations[regime], error = Error(model, t, i);
                double pull = weight * error / (deviation * deviation);
                means[regime] += pull;
                deviations[regime] += weight * (error * error / (deviation * deviation) - 1) / deviation;
                for (int lag = 0; lag < _lags; lag++, path /= _regimes)
                {
                    int then = path % _regimes;
                    means[then] -= pull * model.Autoregression[regime, lag];
                    autoregression[regime, lag] += pull * (_y[t + _lags - 1 - lag] - model.Means[then]);
                }
            }
        }
    }

    /// <summary>Mean and standard deviation (divisor: the weight) of each regime under the smoothed probabilities,
    /// without autoregression.</summary>
    internal (double[] Means, double[] Deviations) WeightedMoments(bool switchingVariance)
    {
        double[] weights = new double[_regimes], means = new double[_regimes], squares = new double[_regimes];
        for (int t = 0; t < Count; t++)
        {
            for (int k = 0; k < _regimes; k++)
            {
                weights[k] += Smoothed[t * _regimes + k];
                means[k] += Smoothed[t * _regimes + k] * _y[t];
            }
        }

        for (int k = 0; k < _regimes; k++)
            means[k] /= weights[k];
        for (int t = 0; t < Count; t++)
        {
            for (int k = 0; k < _regimes; k++)
                squares[k] += Smoothed[t * _regimes + k] * (_y[t] - means[k]) * (_y[t] - means[k]);
        }

        double pooled = Math.Sqrt(squares.Sum() / Count);
        return (means, [.. squares.Select((sum, k) => switchingVariance ? Math.Sqrt(sum / weights[k]) : pooled)]);
    }

    /// <summary>Probabilities of the regimes, [value][regime], from those of the states.</summary>
    internal double[][] Marginal(double[] states)
    {
        var marginal = new double[Count][];
        for (int t = 0; t < Count; t++)
        {
            marginal[t] = new double[_regimes];
            for (int i = 0; i < _states; i++)
                marginal[t][i % _regimes] += states[t * _states + i];
        }

        return marginal;
    }

    private void Begin(RegimeParameters model, Span<double> predicted)
    {
        for (int i = 0; i < _states; i++)
        {
            double probability = 1;
            int path = i;
            for (int lag = 0; lag < _lags; lag++, path /= _regimes)
                probability *= model.Transitions[path / _regimes % _regimes, path % _regimes];
            predicted[i] = probability * model.Initial[path];
        }
    }

    private void Predict(RegimeParameters model, ReadOnlySpan<double> filtered, Span<double> predicted)
    {
        predicted.Clear();
        for (int i = 0; i < _states; i++)
        {
            int shifted = i % _old * _regimes;
            for (int next = 0; next < _regimes; next++)
                predicted[shifted + next] += filtered[i] * model.Transitions[i % _regimes, next];
        }
    }

    /// <summary>y_t - mu(s_t) - sum phi_j (y_{t-j} - mu(s_{t-j})) of the value t after the lags.</summary>
    private double Error(RegimeParameters model, int t, int state)
    {
        int regime = state % _regimes, path = state / _regimes;
        double error = _y[t + _lags] - model.Means[regime];
        for (int lag = 0; lag < _lags; lag++, path /= _regimes)
            error -= model.Autoregression[regime, lag] * (_y[t + _lags - 1 - lag] - model.Means[path % _regimes]);
        return error;
    }
}
