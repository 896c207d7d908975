using MathNet.Numerics;

namespace FinML.Statistics;

/// <summary>
/// The tail of losses beyond a threshold u: P(L &gt; x) = (N_u / n) (1 + xi (x - u) / beta)^(-1 / xi), the excesses
/// following a generalised Pareto law. Value at risk and expected shortfall beyond the sample: A. J. McNeil and R. Frey
/// (2000), and McNeil, Frey and Embrechts, Quantitative Risk Management (2015), section 5.2. N_u / n counts as known,
/// and the excesses as independent: decluster, or use the standardised errors of a volatility model, where losses
/// cluster.
/// </summary>
public sealed record PeaksOverThreshold
{
    private readonly double[] _excesses;

    private PeaksOverThreshold(double[] excesses) => _excesses = excesses;

    /// <summary>u, in the unit of the losses.</summary>
    public required double Threshold { get; init; }

    /// <summary>n.</summary>
    public required int Count { get; init; }

    /// <summary>The law of the excesses; its Count is N_u.</summary>
    public required GeneralisedPareto Tail { get; init; }

    /// <summary>Fits the tail.</summary>
    /// <param name="losses">Positive for a loss: the returns, negated.</param>
    /// <param name="threshold">With ten or more losses above it.</param>
    /// <param name="method">Maximum likelihood where left out.</param>
    public static PeaksOverThreshold Of(ReadOnlySpan<double> losses, double threshold,
        ParetoMethod method = ParetoMethod.MaximumLikelihood)
    {
        Guard.Series(losses, 10, nameof(losses));
        Guard.Finite(threshold, nameof(threshold));
        var excesses = new List<double>();
        foreach (double loss in losses)
        {
            if (loss > threshold)
                excesses.Add(loss - threshold);
        }

        if (excesses.Count < 10)
            throw new ArgumentException(
                $"{excesses.Count} losses of {losses.Length} are above the threshold {Guard.Text(threshold)}; at least "
                + "10 are needed.", nameof(threshold));
        double[] above = [.. excesses];
        return new PeaksOverThreshold(above)
        {
            Threshold = threshold,
            Count = losses.Length,
            Tail = GeneralisedPareto.Fit(above, method),
        };
    }

    /// <summary>The loss that is not passed with probability <paramref name="level"/>.</summary>
    /// <param name="level">Above the share of losses below the threshold, below 1: .99 for the 99 % value at
    /// risk.</param>
    /// <param name="confidence">Of the interval.</param>
    /// <param name="interval">Profile likelihood where left out.</param>
    public TailRiskEstimate ValueAtRisk(
        double level, double confidence = 0.95, TailInterval interval = TailInterval.Profile)
    {
        double a = LogRatio(level);
        return Estimate(level, confidence, interval, shape => TailTransform.Inverse(a, shape), largestShape: 10);
    }

    /// <summary>The mean of the losses beyond the value at risk; finite where the shape is below 1.</summary>
    /// <param name="level">As in <see cref="ValueAtRisk"/>.</param>
    /// <param name="confidence">Of the interval.</param>
    /// <param name="interval">Profile likelihood where left out.</param>
    /// <exception cref="InvalidOperationException">The shape is 1 or more.</exception>
    public TailRiskEstimate ExpectedShortfall(
        double level, double confidence = 0.95, TailInterval interval = TailInterval.Profile)
    {
        double a = LogRatio(level);
        if (Tail.Shape >= 1)
            throw new InvalidOperationException(
                $"The expected shortfall is infinite: the shape is {Guard.Text(Tail.Shape)}; it must be below 1.");
        return Estimate(level, confidence, interval,
            shape => (TailTransform.Inverse(a, shape) + 1) / (1 - shape), largestShape: 1 - 1e-9);
    }

    /// <summary>ln(N_u / (n (1 - level))).</summary>
    private double LogRatio(double level)
    {
        double below = 1 - Tail.Count / (double)Count;
        Guard.Between(level, below, 1, nameof(level));
        return Math.Log(Tail.Count / (Count * (1 - level)));
    }

    /// <summary>Of a measure u + beta g(xi).</summary>
    private TailRiskEstimate Estimate(
        double level, double confidence, TailInterval interval, Func<double, double> g, double largestShape)
    {
        Guard.Between(confidence, 0, 1, nameof(confidence));
        if (!Tail.Converged)
            throw new InvalidOperationException($"There is no tail to read a risk from. {Tail.Remark}");
        double shape = Tail.Shape, scale = Tail.Scale, multiple = g(shape), step = 1e-5;
        double slope = scale * (g(shape + step) - g(shape - step)) / (2 * step);
        double error = Math.Sqrt(slope * slope * Tail.ShapeError * Tail.ShapeError
            + 2 * slope * multiple * Tail.Covariance + multiple * multiple * Tail.ScaleError * Tail.ScaleError);
        double value = Threshold + scale * multiple, z = StandardNormal.Quantile((1 + confidence) / 2);
        (double lower, double upper) = interval == TailInterval.Profile
            ? Profile(multiple * scale, z * z / 2, g, largestShape)
            : (-z * error, z * error);
        if (interval == TailInterval.Profile)
            (lower, upper) = (Threshold + lower, Threshold + upper);
        else
            (lower, upper) = (value + lower, value + upper);
        if (double.IsNaN(lower))
            throw new InvalidOperationException($"The interval is not defined. {Tail.Remark}");
        return new TailRiskEstimate
        {
            Value = value,
            StandardError = error,
            Lower = lower,
            Upper = upper,
            Confidence = confidence,
            Interval = interval,
            Level = level,
        };
    }

    /// <summary>The measures above the threshold, beta g(xi), whose profile likelihood is at most <paramref
    /// name="drop"/> below the maximum.</summary>
    private (double Lower, double Upper) Profile(double best, double drop, Func<double, double> g, double largestShape)
    {
        if (Tail.Method != ParetoMethod.MaximumLikelihood)
            throw new InvalidOperationException(
                "A profile interval needs a fit by maximum likelihood; ask for TailInterval.Delta after moments.");
        double floor = Tail.LogLikelihood - drop;
        double Excess(double measure) => Highest(measure, g, largestShape) - floor;

        double low = best, high = best;
        while (low > 1e-6 * best && Excess(low) > 0)
            low *= 0.9;
        while (high < 1e6 * best && Excess(high) > 0)
            high *= 1.1;
        return (
            Excess(low) > 0 ? 0 : FindRoots.OfFunction(Excess, low, low / 0.9, 1e-9 * best),
            Excess(high) > 0 ? double.PositiveInfinity : FindRoots.OfFunction(Excess, high / 1.1, high, 1e-9 * best));
    }

    /// <summary>The highest likelihood with beta g(xi) = measure, by golden section over xi around its
    /// estimate.</summary>
    private double Highest(double measure, Func<double, double> g, double largestShape)
    {
        double[] scratch = new double[2];
        double Value(double shape) => GeneralisedPareto.LogLikelihoodOf(_excesses, shape, measure / g(shape), scratch);

        // A coarse grid brackets the maximum, which the support may cut off on the left.
        const int Steps = 60;
        double from = -0.9, to = Math.Min(largestShape, Math.Max(2, 2 * Tail.Shape + 1)), width = (to - from) / Steps;
        int best = 0;
        double highest = double.NegativeInfinity;
        for (int i = 0; i <= Steps; i++)
        {
            double value = Value(from + i * width);
            if (value > highest)
                (best, highest) = (i, value);
        }

        double left = Math.Max(from, from + (best - 1) * width), right = Math.Min(to, from + (best + 1) * width);
        double ratio = (Math.Sqrt(5) - 1) / 2, a = right - ratio * (right - left), b = left + ratio * (right - left);
        double atA = Value(a), atB = Value(b);
        while (right - left > 1e-9)
        {
            if (atA >= atB)
            {
                (right, b, atB) = (b, a, atA);
                a = right - ratio * (right - left);
                atA = Value(a);
            }
            else
            {
                (left, a, atA) = (a, b, atB);
                b = left + ratio * (right - left);
                atB = Value(b);
            }
        }

        return Math.Max(highest, Math.Max(atA, atB));
    }
}
