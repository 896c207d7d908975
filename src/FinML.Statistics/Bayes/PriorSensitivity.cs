namespace FinML.Statistics;

/// <summary>
/// A Bayes factor as a function of the scale of its prior: what a reader with another prior would conclude. Where the
/// sign of the evidence changes inside the range of reasonable scales, the data do not decide.
/// </summary>
public sealed record PriorSensitivity
{
    /// <summary>In order of the scales.</summary>
    public required IReadOnlyList<SensitivityPoint> Points { get; init; }

    /// <summary>The point with the largest BF10: the most that any of these priors can say for the
    /// alternative.</summary>
    public SensitivityPoint Strongest => Points.MaxBy(point => point.LogBayesFactor)!;

    /// <summary>The point with the smallest BF10.</summary>
    public SensitivityPoint Weakest => Points.MinBy(point => point.LogBayesFactor)!;

    /// <summary>Whether all priors put the evidence on the same side.</summary>
    public bool IsUnanimous => Strongest.LogBayesFactor * Weakest.LogBayesFactor > 0;

    /// <summary>The series at scales evenly spaced in logarithm.</summary>
    /// <param name="from">Smallest scale, above 0.</param>
    /// <param name="to">Largest scale, above <paramref name="from"/>.</param>
    /// <param name="count">Points, from 2 to 10,000.</param>
    /// <param name="bayesFactor">The Bayes factor for a scale.</param>
    public static PriorSensitivity Of(double from, double to, int count, Func<double, BayesFactor> bayesFactor)
    {
        ArgumentNullException.ThrowIfNull(bayesFactor);
        Guard.Positive(from, nameof(from));
        Guard.Positive(to, nameof(to));
        Guard.InRange(count, 2, 10_000, nameof(count));
        if (to <= from)
            throw new ArgumentException(
                $"The scales go from {Guard.Text(from)} to {Guard.Text(to)}; the last must be above the first.",
                nameof(to));
        var points = new SensitivityPoint[count];
        for (int i = 0; i < count; i++)
        {
            double scale = from * Math.Pow(to / from, i / (count - 1.0));
            points[i] = new SensitivityPoint(scale, bayesFactor(scale).Log);
        }

        return new PriorSensitivity { Points = points };
    }
}
