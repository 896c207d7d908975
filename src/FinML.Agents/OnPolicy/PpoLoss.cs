namespace FinML.Agents;

/// <summary>
/// The loss of proximal policy optimization with a clipped ratio: Schulman, Wolski, Dhariwal, Radford and Klimov,
/// "Proximal policy optimization algorithms" (2017), equations 7 and 9.
/// </summary>
public static class PpoLoss
{
    private const double NormalizationEpsilon = 1e-8;

    /// <summary>-E[min(ρ A, clip(ρ, 1 - ε, 1 + ε) A)] with ρ = exp(ln π - ln π_old); a scalar.</summary>
    /// <param name="logRatio">ln π(a|s) - ln π_old(a|s), (batch).</param>
    /// <param name="advantages">A, (batch).</param>
    /// <param name="clip">ε.</param>
    public static Tensor Policy(Tensor logRatio, Tensor advantages, double clip)
    {
        Tensor ratio = logRatio.exp();
        return -minimum(ratio * advantages, ratio.clamp(1 - clip, 1 + clip) * advantages).mean();
    }

    /// <summary>The mean of (v - R)²; with a clip, of the larger of that and (v_old + clip(v - v_old, ±ε) -
    /// R)².</summary>
    /// <param name="values">v, (batch).</param>
    /// <param name="oldValues">v when the rollout was collected, (batch).</param>
    /// <param name="returns">R, (batch).</param>
    /// <param name="clip">ε, or null for no clipping.</param>
    public static Tensor Value(Tensor values, Tensor oldValues, Tensor returns, double? clip)
    {
        Tensor error = values - returns;
        Tensor squared = error * error;
        if (clip is not { } range)
            return squared.mean();
        Tensor clippedError = oldValues + (values - oldValues).clamp(-range, range) - returns;
        return maximum(squared, clippedError * clippedError).mean();
    }

    /// <summary>Brings advantages to mean 0 and (sample) standard deviation 1, in place; one alone is left as it
    /// is.</summary>
    public static void Normalize(Span<float> advantages)
    {
        if (advantages.Length < 2)
            return;
        double mean = 0, squares = 0;
        foreach (float advantage in advantages)
            mean += advantage;
        mean /= advantages.Length;
        foreach (float advantage in advantages)
            squares += (advantage - mean) * (advantage - mean);
        double scale = 1 / (Math.Sqrt(squares / (advantages.Length - 1)) + NormalizationEpsilon);
        for (int i = 0; i < advantages.Length; i++)
            advantages[i] = (float)((advantages[i] - mean) * scale);
    }

    /// <summary>E[(ρ - 1) - ln ρ], which is never negative: Schulman, "Approximating KL divergence" (2020),
    /// k3.</summary>
    public static double ApproximateKl(ReadOnlySpan<float> logRatios)
    {
        double sum = 0;
        foreach (float logRatio in logRatios)
            sum += Math.Exp(logRatio) - 1 - logRatio;
        return sum / logRatios.Length;
    }

    /// <summary>The fraction of ratios outside 1 ± ε.</summary>
    public static double ClipFraction(ReadOnlySpan<float> logRatios, double clip)
    {
        int outside = 0;
        foreach (float logRatio in logRatios)
            outside += Math.Abs(Math.Exp(logRatio) - 1) > clip ? 1 : 0;
        return outside / (double)logRatios.Length;
    }
}
