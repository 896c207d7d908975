namespace FinML.Statistics;

/// <summary>An effect estimated by double machine learning, asymptotically normal.</summary>
public sealed record DoubleMachineLearningEstimate : ICausalResult
{
    /// <summary>What the number is: the effect of one unit, or the average effect of treatment.</summary>
    public required string Parameter { get; init; }

    /// <summary>The median over the splits.</summary>
    public required double Estimate { get; init; }

    /// <summary>sqrt of the median over the splits of (error of the split)^2 + (estimate of the split - median)^2.
    /// </summary>
    public required double StandardError { get; init; }

    /// <summary>The estimate of each split: their spread is what one split alone would hide.</summary>
    public required IReadOnlyList<double> Estimates { get; init; }

    /// <summary>The score and the learners, in words.</summary>
    public required string Method { get; init; }

    /// <summary>Rows.</summary>
    public required int Count { get; init; }

    /// <summary>How the sample was split, with the seed.</summary>
    public required CrossFitting CrossFitting { get; init; }

    /// <inheritdoc/>
    public CausalClaim Claim => CausalClaim.Effect;

    /// <inheritdoc/>
    public required IReadOnlyList<Assumption> Assumptions { get; init; }

    /// <summary>Two-sided p-value of no effect.</summary>
    public double PValue => Tails.NormalTwoSided(Estimate / StandardError);

    /// <summary>The two-sided interval.</summary>
    /// <param name="level">Between 0 and 1.</param>
    public (double Lower, double Upper) Interval(double level = 0.95)
    {
        Guard.Between(level, 0, 1, nameof(level));
        double half = StandardNormal.Quantile((1 + level) / 2) * StandardError;
        return (Estimate - half, Estimate + half);
    }

    /// <summary>The median of the splits and its error: Chernozhukov et al. (2018), definition 3.3.</summary>
    internal static (double Estimate, double Error) Median(IReadOnlyList<(double Estimate, double Error)> splits)
    {
        double centre = Middle(splits.Select(split => split.Estimate));
        return (centre, Math.Sqrt(Middle(splits.Select(
            split => split.Error * split.Error + (split.Estimate - centre) * (split.Estimate - centre)))));

        static double Middle(IEnumerable<double> values)
        {
            double[] sorted = [.. values.Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    /// <summary>1 - sum (target - prediction)^2 / sum (target - mean)^2.</summary>
    internal static double RSquared(double[] target, double[] prediction)
    {
        double mean = Moments.Of(target).Mean;
        return 1 - target.Zip(prediction, (a, b) => (a - b) * (a - b)).Sum() / target.Sum(a => (a - mean) * (a - mean));
    }

    internal static void Check(ReadOnlySpan<double> outcome, ReadOnlySpan<double> treatment, DesignMatrix controls)
    {
        ArgumentNullException.ThrowIfNull(controls);
        Guard.Series(outcome, 10, nameof(outcome));
        Guard.NotConstant(outcome, nameof(outcome));
        Guard.Finite(treatment, nameof(treatment));
        Guard.SameLength(outcome, treatment, nameof(outcome), nameof(treatment));
        Guard.NotConstant(treatment, nameof(treatment));
        if (controls.Rows != outcome.Length)
            throw new ArgumentException(
                $"outcome has {outcome.Length} values and controls has {controls.Rows} rows; they must be aligned, " +
                $"one for one.", nameof(controls));
    }
}
