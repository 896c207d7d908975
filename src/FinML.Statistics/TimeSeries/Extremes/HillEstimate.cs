namespace FinML.Statistics;

/// <summary>
/// The tail index of losses by B. M. Hill (1975): xi = mean over the k largest of ln X_(i) - ln X_(k+1), for tails that
/// fall like x^(-1 / xi). Asymptotically normal with standard error xi / sqrt(k) where the losses are independent.
/// </summary>
public sealed record HillEstimate
{
    /// <summary>xi.</summary>
    public required double Shape { get; init; }

    /// <summary>1 / xi: moments of this order and above do not exist.</summary>
    public double TailIndex => 1 / Shape;

    /// <summary>xi / sqrt(k).</summary>
    public required double StandardError { get; init; }

    /// <summary>k, the number of losses in the tail.</summary>
    public required int TailCount { get; init; }

    /// <summary>X_(k+1), the largest loss that is not in the tail.</summary>
    public required double Threshold { get; init; }

    /// <summary>The largest distance between the distribution of the tail and the Pareto law that was fitted.</summary>
    public required double Distance { get; init; }

    /// <summary>The estimate of the <paramref name="tailCount"/> largest losses.</summary>
    /// <param name="losses">Positive for a loss.</param>
    /// <param name="tailCount">From 2 to the number of losses less 1; all of them and the next above 0.</param>
    public static HillEstimate Of(ReadOnlySpan<double> losses, int tailCount)
    {
        double[] logs = Logarithms(losses, tailCount);
        double sum = 0;
        for (int i = 0; i < tailCount; i++)
            sum += logs[i];
        return At(logs, tailCount, sum);
    }

    /// <summary>The values of the Hill plot, for 2, 3, ... <paramref name="largestTailCount"/> losses.</summary>
    public static HillEstimate[] Plot(ReadOnlySpan<double> losses, int largestTailCount)
    {
        double[] logs = Logarithms(losses, largestTailCount);
        var plot = new HillEstimate[largestTailCount - 1];
        double sum = logs[0];
        for (int k = 2; k <= largestTailCount; k++)
        {
            sum += logs[k - 1];
            plot[k - 2] = At(logs, k, sum);
        }

        return plot;
    }

    /// <summary>
    /// The estimate whose Pareto law is nearest to its tail by the Kolmogorov-Smirnov distance, of 10 or more losses:
    /// the rule of Clauset, Shalizi and Newman (2009). Its standard error does not know that k was chosen.
    /// </summary>
    /// <param name="losses">Positive for a loss.</param>
    /// <param name="largestTailCount">A tenth of the losses is usual.</param>
    public static HillEstimate Nearest(ReadOnlySpan<double> losses, int largestTailCount)
    {
        Guard.AtLeast(largestTailCount, 10, nameof(largestTailCount));
        return Plot(losses, largestTailCount).Skip(8).MinBy(estimate => estimate.Distance)!;
    }

    /// <summary>Logarithms of the largest losses, one more than the tail, falling.</summary>
    private static double[] Logarithms(ReadOnlySpan<double> losses, int tailCount)
    {
        Guard.Series(losses, 3, nameof(losses));
        Guard.InRange(tailCount, 2, losses.Length - 1, nameof(tailCount));
        double[] sorted = losses.ToArray();
        Array.Sort(sorted);
        Array.Reverse(sorted);
        if (!(sorted[tailCount] > 0))
            throw new ArgumentException(
                $"The loss of rank {tailCount + 1} is {Guard.Text(sorted[tailCount])}; the {tailCount} largest losses "
                + "and the next must be above 0.", nameof(losses));
        if (sorted[0] == sorted[tailCount])
            throw new ArgumentException(
                $"The {tailCount + 1} largest losses are all {Guard.Text(sorted[0])}; they must differ.",
                nameof(losses));
        return Array.ConvertAll(sorted[..(tailCount + 1)], Math.Log);
    }

    private static HillEstimate At(double[] logs, int k, double sum)
    {
        double shape = sum / k - logs[k], distance = 0;
        for (int i = 0; i < k; i++)
        {
            double survival = shape > 0 ? Math.Exp(-(logs[i] - logs[k]) / shape) : 1;
            distance = Math.Max(distance, Math.Max(Math.Abs(survival - i / (double)k),
                Math.Abs(survival - (i + 1) / (double)k)));
        }

        return new HillEstimate
        {
            Shape = shape,
            StandardError = shape / Math.Sqrt(k),
            TailCount = k,
            Threshold = Math.Exp(logs[k]),
            Distance = distance,
        };
    }
}
