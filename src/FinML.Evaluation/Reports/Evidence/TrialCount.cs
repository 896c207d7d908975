namespace FinML.Evaluation;

/// <summary>How much was tried before this result was chosen: what deflates it.</summary>
/// <param name="Number">N, 1 or more: every variant that could have been shown instead, this one included.</param>
/// <param name="SharpeVariance">Variance over the trials of the Sharpe ratio per period; null where it is not known,
/// and
/// then it is that of the estimate under no skill, 1 / (n - 1).</param>
/// <param name="Source">Where the number is from, as a sentence.</param>
public sealed record TrialCount(double Number, double? SharpeVariance, string Source)
{
    /// <summary>Where nobody said how many.</summary>
    public static TrialCount Assumed { get; } = new(
        1, null,
        "1 trial is assumed: if you tried more before this one, say how many; the deflated Sharpe ratio then falls.");
}
