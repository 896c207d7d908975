namespace FinML.Statistics;

/// <summary>
/// Schwarz's criterion (1978), k ln n - 2 ln L: less is better. Half the difference of two is the logarithm of the
/// Bayes factor of the models with a prior worth one observation, to order n^(-1/2) (Kass and Wasserman 1995;
/// Wagenmakers 2007).
/// </summary>
public sealed record BayesianInformationCriterion
{
    private BayesianInformationCriterion()
    {
    }

    /// <summary>k ln n - 2 ln L.</summary>
    public required double Value { get; init; }

    /// <summary>ln L at its maximum.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>k, all that was fitted, the variance of a regression included (as R counts).</summary>
    public required int Parameters { get; init; }

    /// <summary>n.</summary>
    public required int Count { get; init; }

    /// <summary>From a maximised likelihood.</summary>
    /// <param name="logLikelihood">ln L, with all constants where models of different kinds are compared.</param>
    /// <param name="parameters">k, 0 or more.</param>
    /// <param name="count">n, 1 or more.</param>
    public static BayesianInformationCriterion Of(double logLikelihood, int parameters, int count)
    {
        Guard.Finite(logLikelihood, nameof(logLikelihood));
        Guard.AtLeast(parameters, 0, nameof(parameters));
        Guard.AtLeast(count, 1, nameof(count));
        return new BayesianInformationCriterion
        {
            Value = parameters * Math.Log(count) - 2 * logLikelihood,
            LogLikelihood = logLikelihood,
            Parameters = parameters,
            Count = count,
        };
    }

    /// <summary>Of a linear regression with normal errors: ln L = -n / 2 (ln(2 pi RSS / n) + 1).</summary>
    /// <param name="residualSumOfSquares">RSS, above 0.</param>
    /// <param name="coefficients">Fitted coefficients, the intercept included; the variance is counted besides.</param>
    /// <param name="count">n, above the number of coefficients.</param>
    public static BayesianInformationCriterion OfRegression(
        double residualSumOfSquares, int coefficients, int count)
    {
        Guard.Positive(residualSumOfSquares, nameof(residualSumOfSquares));
        Guard.AtLeast(coefficients, 0, nameof(coefficients));
        Guard.AtLeast(count, coefficients + 1L, nameof(count));
        double logLikelihood = -0.5 * count * (Math.Log(2 * Math.PI * residualSumOfSquares / count) + 1);
        return Of(logLikelihood, coefficients + 1, count);
    }

    /// <summary>The approximate Bayes factor of this model against another of the same data: BIC's difference over -2.
    /// </summary>
    /// <exception cref="ArgumentException">The numbers of observations differ.</exception>
    public BayesFactor Against(BayesianInformationCriterion other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count != Count)
            throw new ArgumentException(
                $"One model has {Count} observations and the other {other.Count}; they must be fitted to the same " +
                "data.",
                nameof(other));
        return new BayesFactor
        {
            Log = 0.5 * (other.Value - Value),
            Alternative = $"the model of {Parameters} parameters",
            Null = $"the model of {other.Parameters} parameters",
            Method = "BIC (Schwarz 1978)",
        };
    }
}
