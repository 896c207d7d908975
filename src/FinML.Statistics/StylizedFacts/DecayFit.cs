namespace FinML.Statistics;

/// <summary>
/// How autocorrelations die out: a power law A k^(-b) or an exponential A exp(-b k), by least squares on the
/// correlations themselves (not on their logarithms, which do not exist where one is below 0). For each b the amplitude
/// has a closed form; b is found on a grid and by golden section.
/// </summary>
public sealed record DecayFit
{
    private const double Least = 1e-5, Most = 10;
    private const int Steps = 80;

    /// <summary>Which shape.</summary>
    public required DecayKind Kind { get; init; }

    /// <summary>b, from 0.00001 to 10; a number without a unit for the power law, 1 / lags for the
    /// exponential.</summary>
    public required double Rate { get; init; }

    /// <summary>A: the value at lag 1 of the power law, at lag 0 of the exponential.</summary>
    public required double Amplitude { get; init; }

    /// <summary>Sum of squares of what is left.</summary>
    public required double ResidualSumOfSquares { get; init; }

    /// <summary>1 - residual sum of squares / sum of squares around the mean of the correlations.</summary>
    public required double RSquared { get; init; }

    /// <summary>Lags after which half is left: ln 2 / b of the exponential, infinite for the power law, which has no
    /// scale.</summary>
    public double HalfLife => Kind == DecayKind.Exponential ? Math.Log(2) / Rate : double.PositiveInfinity;

    /// <summary>Fits the shape.</summary>
    /// <param name="lags">Three or more, increasing, 1 or more.</param>
    /// <param name="correlations">As many, finite and not all the same.</param>
    /// <param name="kind">Which shape.</param>
    public static DecayFit Of(IReadOnlyList<int> lags, ReadOnlySpan<double> correlations, DecayKind kind)
    {
        ArgumentNullException.ThrowIfNull(lags);
        Guard.Series(correlations, 3, nameof(correlations));
        Guard.NotConstant(correlations, nameof(correlations));
        if (lags.Count != correlations.Length)
            throw new ArgumentException(
                $"There are {lags.Count} lags and {correlations.Length} correlations; they must be aligned.",
                nameof(lags));
        for (int i = 0; i < lags.Count; i++)
        {
            if (lags[i] < 1 || i > 0 && lags[i] <= lags[i - 1])
                throw new ArgumentException(
                    $"The lag at index {i} is {lags[i]}; lags must be 1 or more and increase.", nameof(lags));
        }

        if (!Enum.IsDefined(kind))
            throw new ArgumentOutOfRangeException(
                nameof(kind), $"kind is {(int)kind}; it must be PowerLaw or Exponential.");

        // Both shapes are exp(-b x), with x the logarithm of the lag or the lag itself.
        double[] x = [.. lags.Select(k => kind == DecayKind.PowerLaw ? Math.Log(k) : k)];
        double[] y = correlations.ToArray();
        double rate = Minimise(b => Residual(x, y, b).Sum);
        (double sum, double amplitude) = Residual(x, y, rate);
        return new DecayFit
        {
            Kind = kind,
            Rate = rate,
            Amplitude = amplitude,
            ResidualSumOfSquares = sum,
            RSquared = 1 - sum / (Moments.Of(y).Variance(0) * y.Length),
        };
    }

    /// <summary>The fitted correlation.</summary>
    /// <param name="lag">Above 0.</param>
    public double At(double lag)
    {
        Guard.Positive(lag, nameof(lag));
        return Amplitude * (Kind == DecayKind.PowerLaw ? Math.Pow(lag, -Rate) : Math.Exp(-Rate * lag));
    }

    private static (double Sum, double Amplitude) Residual(double[] x, double[] y, double rate)
    {
        double shapes = 0, products = 0, sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double f = Math.Exp(-rate * x[i]);
            shapes += f * f;
            products += f * y[i];
        }

        // At the fastest rates every shape may underflow: nothing is explained.
        double amplitude = shapes > 0 ? products / shapes : 0;
        for (int i = 0; i < x.Length; i++)
        {
            double left = y[i] - amplitude * Math.Exp(-rate * x[i]);
            sum += left * left;
        }

        return (sum, amplitude);
    }

    /// <summary>The smallest value over ln b: the best of a grid, then golden section around it.</summary>
    private static double Minimise(Func<double, double> value)
    {
        double low = Math.Log(Least), width = (Math.Log(Most) - low) / Steps;
        int best = 0;
        double smallest = double.PositiveInfinity;
        for (int i = 0; i <= Steps; i++)
        {
            double at = value(Math.Exp(low + i * width));
            if (at < smallest)
                (best, smallest) = (i, at);
        }

        double left = low + Math.Max(best - 1, 0) * width, right = low + Math.Min(best + 1, Steps) * width;
        double ratio = (Math.Sqrt(5) - 1) / 2, a = right - ratio * (right - left), b = left + ratio * (right - left);
        double atA = value(Math.Exp(a)), atB = value(Math.Exp(b));
        while (right - left > 1e-9)
        {
            if (atA <= atB)
            {
                (right, b, atB) = (b, a, atA);
                a = right - ratio * (right - left);
                atA = value(Math.Exp(a));
            }
            else
            {
                (left, a, atA) = (a, b, atB);
                b = left + ratio * (right - left);
                atB = value(Math.Exp(b));
            }
        }

        return Math.Exp((left + right) / 2);
    }
}
