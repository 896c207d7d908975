namespace FinML.Statistics;

/// <summary>
/// The mean of the losses beyond a threshold, less the threshold: linear in it, with slope xi / (1 - xi), where the
/// tail is generalised Pareto. Davison and Smith (1990).
/// </summary>
/// <param name="Threshold">In the unit of the losses.</param>
/// <param name="Value">The mean excess.</param>
/// <param name="StandardError">Standard deviation of the excesses (divisor N - 1) over sqrt(N).</param>
/// <param name="Count">Number of losses above the threshold, 2 or more.</param>
public sealed record MeanExcess(double Threshold, double Value, double StandardError, int Count)
{
    /// <summary>The mean excess over each of the <paramref name="thresholds"/>.</summary>
    /// <exception cref="ArgumentException">A threshold has fewer than two losses above it.</exception>
    public static MeanExcess[] Over(ReadOnlySpan<double> losses, ReadOnlySpan<double> thresholds)
    {
        Guard.Series(losses, 2, nameof(losses));
        Guard.Series(thresholds, 1, nameof(thresholds));
        var result = new MeanExcess[thresholds.Length];
        for (int i = 0; i < result.Length; i++)
        {
            double threshold = thresholds[i];
            double[] excesses = [.. losses.ToArray().Where(loss => loss > threshold).Select(loss => loss - threshold)];
            if (excesses.Length < 2)
                throw new ArgumentException(
                    $"{excesses.Length} losses are above the threshold {Guard.Text(threshold)}; at least 2 are needed.",
                    nameof(thresholds));
            Moments moments = Moments.Of(excesses);
            result[i] = new MeanExcess(threshold, moments.Mean,
                moments.StandardDeviation() / Math.Sqrt(excesses.Length), excesses.Length);
        }

        return result;
    }
}
