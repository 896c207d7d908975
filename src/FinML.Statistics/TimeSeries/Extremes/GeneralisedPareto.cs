using FinML.Shared;
using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>
/// The generalised Pareto distribution of excesses over a threshold, P(Y &gt; y) = (1 + xi y / beta)^(-1 / xi), the
/// limit law of Balkema and de Haan (1974) and Pickands (1975), fitted to excesses. A shape xi above 0 is a tail that
/// falls like y^(-1 / xi).
/// </summary>
public sealed record GeneralisedPareto
{
    /// <summary>xi.</summary>
    public required double Shape { get; init; }

    /// <summary>beta, in the unit of the excesses.</summary>
    public required double Scale { get; init; }

    /// <summary>Standard error of the shape; NaN where the method defines none, as <see cref="Remark"/> says.</summary>
    public required double ShapeError { get; init; }

    /// <summary>Standard error of the scale; likewise.</summary>
    public required double ScaleError { get; init; }

    /// <summary>Covariance of shape and scale; likewise.</summary>
    public required double Covariance { get; init; }

    /// <summary>Of the excesses.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Number of excesses.</summary>
    public required int Count { get; init; }

    /// <summary>How it was fitted.</summary>
    public required ParetoMethod Method { get; init; }

    /// <summary>Whether the search ended at a maximum; true for moments.</summary>
    public required bool Converged { get; init; }

    /// <summary>A sentence about what is wrong with the fit or its errors; empty where nothing is.</summary>
    public required string Remark { get; init; }

    /// <summary>Fits the excesses.</summary>
    /// <param name="excesses">Ten or more numbers above 0, not all the same.</param>
    /// <param name="method">Maximum likelihood where left out.</param>
    public static GeneralisedPareto Fit(
        ReadOnlySpan<double> excesses, ParetoMethod method = ParetoMethod.MaximumLikelihood)
    {
        Guard.Series(excesses, 10, nameof(excesses));
        Guard.NotConstant(excesses, nameof(excesses));
        foreach (double excess in excesses)
            Guard.Positive(excess, nameof(excesses));
        return method switch
        {
            ParetoMethod.MaximumLikelihood => Likeliest(excesses),
            ParetoMethod.ProbabilityWeightedMoments => ByMoments(excesses),
            _ => throw new ArgumentOutOfRangeException(
                nameof(method), $"method is {method}; it must be MaximumLikelihood or ProbabilityWeightedMoments."),
        };
    }

    /// <summary>P(Y &gt; <paramref name="excess"/>).</summary>
    public double Survival(double excess)
    {
        Guard.NotNegative(excess, nameof(excess));
        double w = TailTransform.Of(excess / Scale, Shape).Value;
        return double.IsNaN(w) ? 0 : Math.Exp(-w);
    }

    /// <summary>The excess that is passed with <paramref name="probability"/>, in (0, 1).</summary>
    public double UpperQuantile(double probability)
    {
        Guard.Between(probability, 0, 1, nameof(probability));
        return Scale * TailTransform.Inverse(Math.Log(1 / probability), Shape);
    }

    /// <summary>l(xi, beta) of the excesses and its gradient; minus infinity outside the support.</summary>
    internal static double LogLikelihoodOf(
        ReadOnlySpan<double> excesses, double shape, double scale, Span<double> gradient)
    {
        double sum = 0, byShape = 0, byScale = 0;
        foreach (double excess in excesses)
        {
            double y = excess / scale;
            (double w, double byY, double wByShape) = TailTransform.Of(y, shape);
            sum -= (1 + shape) * w;
            byShape -= w + (1 + shape) * wByShape;
            byScale += ((1 + shape) * byY * y - 1) / scale;
        }

        gradient[0] = byShape;
        gradient[1] = byScale;
        return double.IsNaN(sum) ? double.NegativeInfinity : sum - excesses.Length * Math.Log(scale);
    }

    private static GeneralisedPareto Likeliest(ReadOnlySpan<double> excesses)
    {
        double[] y = excesses.ToArray();
        double n = y.Length;
        GeneralisedPareto start = ByMoments(y);

        // Free parameters: xi and ln beta. Below xi = -1 the likelihood has no bound; there it counts as not defined.
        double Value(ReadOnlySpan<double> free, Span<double> gradient)
        {
            double beta = Math.Exp(free[1]), value = LogLikelihoodOf(y, free[0], beta, gradient);
            gradient[0] /= -n;
            gradient[1] *= -beta / n;
            return free[0] > -1 ? -value / n : double.PositiveInfinity;
        }

        double[] first = [start.Shape, Math.Log(start.Scale)], scratch = new double[2];
        if (!double.IsFinite(start.Scale) || !double.IsFinite(Value(first, scratch)))
            first = [0.1, Math.Log(Moments.Of(y).Mean)];
        QuasiNewton.Result found = QuasiNewton.Minimise(Value, first, 1e-10, 500);
        double shape = found.X[0], scale = Math.Exp(found.X[1]);
        bool converged = found.LargestGradient < 1e-6;
        Matrix<double>? covariance = converged && shape > -0.5
            ? LikelihoodCovariance.TryInverse(LikelihoodCovariance.Information(
                (at, slope) => LogLikelihoodOf(y, at[0], at[1], slope), [shape, scale], [1e-4, 1e-4 * scale]))
            : null;
        return new GeneralisedPareto
        {
            Shape = shape,
            Scale = scale,
            ShapeError = covariance is null ? double.NaN : Math.Sqrt(covariance[0, 0]),
            ScaleError = covariance is null ? double.NaN : Math.Sqrt(covariance[1, 1]),
            Covariance = covariance?[0, 1] ?? double.NaN,
            LogLikelihood = -found.Value * n,
            Count = y.Length,
            Method = ParetoMethod.MaximumLikelihood,
            Converged = converged,
            Remark = !converged ? "Not converged: the likelihood has no maximum with a shape above -1 within reach."
                : covariance is null ? "The standard errors are not defined: the shape is -1/2 or less." : "",
        };
    }

    private static GeneralisedPareto ByMoments(ReadOnlySpan<double> excesses)
    {
        double[] y = excesses.ToArray();
        Array.Sort(y);
        double n = y.Length, a0 = 0, a1 = 0; // E Y and E Y (1 - F(Y)), plotting positions (j - .35) / n
        for (int j = 0; j < y.Length; j++)
        {
            a0 += y[j] / n;
            a1 += y[j] * (1 - (j + 0.65) / n) / n;
        }

        double shape = 2 - a0 / (a0 - 2 * a1), scale = 2 * a0 * a1 / (a0 - 2 * a1);
        double divisor = n * (1 - 2 * shape) * (3 - 2 * shape);
        bool defined = shape < 0.5;
        return new GeneralisedPareto
        {
            Shape = shape,
            Scale = scale,
            ShapeError = defined
                ? Math.Sqrt((1 - shape) * (2 - shape) * (2 - shape) * (1 - shape + 2 * shape * shape) / divisor)
                : double.NaN,
            ScaleError = defined
                ? scale * Math.Sqrt((7 - 18 * shape + 11 * shape * shape - 2 * shape * shape * shape) / divisor)
                : double.NaN,
            Covariance = defined
                ? -scale * (2 - shape) * (2 - 6 * shape + 7 * shape * shape - 2 * shape * shape * shape) / divisor
                : double.NaN,
            LogLikelihood = LogLikelihoodOf(y, shape, scale, new double[2]),
            Count = y.Length,
            Method = ParetoMethod.ProbabilityWeightedMoments,
            Converged = true,
            Remark = defined ? "" : "The standard errors are not defined: the shape is 1/2 or more.",
        };
    }
}
