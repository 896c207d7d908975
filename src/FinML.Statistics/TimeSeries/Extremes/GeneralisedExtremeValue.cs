using FinML.Shared;
using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>
/// The law of block maxima, P(M &lt;= x) = exp(-(1 + xi (x - mu) / sigma)^(-1 / xi)), fitted by maximum likelihood with
/// errors from the observed information: Coles, An Introduction to Statistical Modeling of Extreme Values (2001),
/// chapter 3.
/// </summary>
public sealed record GeneralisedExtremeValue
{
    private readonly Matrix<double>? _covariance;

    private GeneralisedExtremeValue(Matrix<double>? covariance) => _covariance = covariance;

    /// <summary>mu, in the unit of the maxima.</summary>
    public required double Location { get; init; }

    /// <summary>sigma, likewise.</summary>
    public required double Scale { get; init; }

    /// <summary>xi: above 0 a heavy tail (Frechet), 0 Gumbel, below 0 an end point (Weibull).</summary>
    public required double Shape { get; init; }

    /// <summary>Standard errors of location, scale and shape; NaN where they are not defined, as <see cref="Remark"/>
    /// says.</summary>
    public IReadOnlyList<double> StandardErrors =>
        _covariance is null ? [double.NaN, double.NaN, double.NaN] : [.. _covariance.Diagonal().Select(Math.Sqrt)];

    /// <summary>Of the maxima.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Number of maxima.</summary>
    public required int Count { get; init; }

    /// <summary>Whether the search ended at a maximum.</summary>
    public required bool Converged { get; init; }

    /// <summary>A sentence about what is wrong with the fit or its errors; empty where nothing is.</summary>
    public required string Remark { get; init; }

    /// <summary>Fits block maxima.</summary>
    /// <param name="maxima">Ten or more, not all the same: of losses, of years, of any blocks of equal length.</param>
    public static GeneralisedExtremeValue Fit(ReadOnlySpan<double> maxima)
    {
        Guard.Series(maxima, 10, nameof(maxima));
        Guard.NotConstant(maxima, nameof(maxima));
        Moments moments = Moments.Of(maxima);
        double centre = moments.Mean, unit = moments.StandardDeviation(), n = maxima.Length;
        double[] x = Array.ConvertAll(maxima.ToArray(), value => (value - centre) / unit);

        // Free parameters: mu, ln sigma, xi. Below xi = -1 the likelihood has no bound.
        double Value(ReadOnlySpan<double> free, Span<double> gradient)
        {
            double sigma = Math.Exp(free[1]), value = LogLikelihoodOf(x, [free[0], sigma, free[2]], gradient);
            gradient[0] /= -n;
            gradient[1] *= -sigma / n;
            gradient[2] /= -n;
            return free[2] > -1 ? -value / n : double.PositiveInfinity;
        }

        // Gumbel's moments: sd = sigma pi / sqrt(6), mean = mu + .5772 sigma; the support is everything at xi = 0.
        double start = Math.Sqrt(6) / Math.PI;
        QuasiNewton.Result found =
            QuasiNewton.Minimise(Value, [-0.5772156649 * start, Math.Log(start), 0], 1e-10, 500);
        double[] theta = [found.X[0], Math.Exp(found.X[1]), found.X[2]];
        bool converged = found.LargestGradient < 1e-6;
        Matrix<double>? covariance = converged && theta[2] > -0.5
            ? LikelihoodCovariance.TryInverse(LikelihoodCovariance.Information(
                (at, slope) => LogLikelihoodOf(x, at, slope), theta, [1e-4, 1e-4 * theta[1], 1e-4]))
            : null;
        if (covariance is not null)
        {
            for (int i = 0; i < 3; i++)
            {
                for (int j = 0; j < 3; j++)
                    covariance[i, j] *= (i < 2 ? unit : 1) * (j < 2 ? unit : 1);
            }
        }

        return new GeneralisedExtremeValue(covariance)
        {
            Location = centre + unit * theta[0],
            Scale = unit * theta[1],
            Shape = theta[2],
            LogLikelihood = -n * (found.Value + Math.Log(unit)),
            Count = maxima.Length,
            Converged = converged,
            Remark = !converged ? "Not converged: the likelihood has no maximum with a shape above -1 within reach."
                : covariance is null ? "The standard errors are not defined: the shape is -1/2 or less." : "",
        };
    }

    /// <summary>Fits the maxima of consecutive blocks; what is left over at the end is left out.</summary>
    /// <param name="values">Losses, positive for a loss.</param>
    /// <param name="blockLength">Ten or more blocks must fit.</param>
    public static GeneralisedExtremeValue OfBlocks(ReadOnlySpan<double> values, int blockLength)
    {
        Guard.Series(values, 10, nameof(values));
        Guard.InRange(blockLength, 1, values.Length / 10, nameof(blockLength));
        var maxima = new double[values.Length / blockLength];
        for (int block = 0; block < maxima.Length; block++)
        {
            maxima[block] = double.NegativeInfinity;
            foreach (double value in values.Slice(block * blockLength, blockLength))
                maxima[block] = Math.Max(maxima[block], value);
        }

        return Fit(maxima);
    }

    /// <summary>The level that one block in <paramref name="blocks"/> passes on average, and its standard error by the
    /// delta method.</summary>
    /// <param name="blocks">Above 1.</param>
    public (double Level, double StandardError) ReturnLevel(double blocks)
    {
        if (!(blocks > 1))
            throw new ArgumentOutOfRangeException(
                nameof(blocks), $"blocks is {Guard.Text(blocks)}; it must be above 1.");
        double w = -Math.Log(-Math.Log(1 - 1 / blocks)), y = TailTransform.Inverse(w, Shape), step = 1e-5;
        double byShape = Scale
            * (TailTransform.Inverse(w, Shape + step) - TailTransform.Inverse(w, Shape - step)) / (2 * step);
        if (_covariance is null)
            return (Location + Scale * y, double.NaN);
        Vector<double> slope = Vector<double>.Build.DenseOfArray([1, y, byShape]);
        return (Location + Scale * y, Math.Sqrt(slope * _covariance * slope));
    }

    /// <summary>l(mu, sigma, xi) and its gradient; minus infinity outside the support.</summary>
    private static double LogLikelihoodOf(double[] x, ReadOnlySpan<double> theta, Span<double> gradient)
    {
        double mu = theta[0], sigma = theta[1], shape = theta[2], sum = 0;
        gradient.Clear();
        foreach (double value in x)
        {
            double y = (value - mu) / sigma;
            (double w, double byY, double wByShape) = TailTransform.Of(y, shape);
            double tail = Math.Exp(-w), byW = tail - (1 + shape);
            sum -= (1 + shape) * w + tail;
            gradient[0] -= byW * byY / sigma;
            gradient[1] -= (1 + byW * byY * y) / sigma;
            gradient[2] += byW * wByShape - w;
        }

        return double.IsNaN(sum) ? double.NegativeInfinity : sum - x.Length * Math.Log(sigma);
    }
}
