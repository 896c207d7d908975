namespace FinML.Statistics;

/// <summary>
/// A posterior to be sampled: parameters with their bounds, and the log of prior times likelihood on them. A marginal
/// likelihood (<see cref="BridgeSampling"/>) means something only where that log density holds every constant: the
/// normalisation of the priors and of the likelihood.
/// </summary>
public sealed class BayesianModel
{
    private readonly LogDensity _logJoint;

    /// <summary>A model with a gradient.</summary>
    /// <param name="parameters">One or more, with distinct names.</param>
    /// <param name="logJoint">Log prior plus log likelihood at values inside the bounds, and its gradient in those
    /// values. Called from several threads at once.</param>
    public BayesianModel(IReadOnlyList<ModelParameter> parameters, LogDensity logJoint)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(logJoint);
        if (parameters.Count == 0)
            throw new ArgumentException("The model has no parameter; it needs one or more.", nameof(parameters));
        if (parameters.GroupBy(p => p.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException(
                $"Two parameters are called '{twice.Key}'; names must be distinct.", nameof(parameters));
        Parameters = [.. parameters];
        _logJoint = logJoint;
    }

    /// <summary>The parameters, in the order of positions.</summary>
    public IReadOnlyList<ModelParameter> Parameters { get; }

    /// <summary>
    /// A model whose gradient is taken by central differences: 2 d more evaluations a step and an error of about 1e-10
    /// relative, which is enough to sample a handful of parameters; write the gradient where there are more.
    /// </summary>
    public static BayesianModel WithNumericalGradient(
        IReadOnlyList<ModelParameter> parameters, Func<IReadOnlyList<double>, double> logJoint)
    {
        ArgumentNullException.ThrowIfNull(logJoint);
        return new BayesianModel(parameters, (position, gradient) =>
        {
            double[] x = position.ToArray();
            for (int i = 0; i < x.Length; i++)
            {
                // The bounds are open: a step must stay inside.
                double room = Math.Min(x[i] - parameters[i].Lower, parameters[i].Upper - x[i]);
                double step = Math.Min(6e-6 * Math.Max(Math.Abs(x[i]), 1), room / 2), at = x[i];
                x[i] = at + step;
                double above = logJoint(x);
                x[i] = at - step;
                double below = logJoint(x);
                x[i] = at;
                gradient[i] = (above - below) / (2 * step);
            }

            return logJoint(x);
        });
    }

    /// <summary>The log density on the whole line, Jacobian included, and its gradient there.</summary>
    internal double LogDensity(ReadOnlySpan<double> point, Span<double> gradient)
    {
        int d = Parameters.Count;
        Span<double> values = d <= 128 ? stackalloc double[d] : new double[d];
        double logJacobian = 0;
        for (int i = 0; i < d; i++)
        {
            (values[i], _, double logSlope, _) = Parameters[i].At(point[i]);
            logJacobian += logSlope;
        }

        double logJoint = _logJoint(values, gradient);
        for (int i = 0; i < d; i++)
        {
            (_, double slope, _, double derivative) = Parameters[i].At(point[i]);
            gradient[i] = gradient[i] * slope + derivative;
        }

        return logJoint + logJacobian;
    }

    /// <summary>The parameters at a point of the line.</summary>
    internal void Constrain(ReadOnlySpan<double> point, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = Parameters[i].At(point[i]).Value;
    }
}
