namespace FinML.Statistics;

/// <summary>
/// Tunes the logarithm of a step size until the mean acceptance is the target: Nesterov's dual averaging as in
/// M. D. Hoffman and A. Gelman, "The No-U-Turn Sampler", JMLR 15 (2014), section 3.2, with their constants.
/// </summary>
internal sealed class DualAveraging(double target)
{
    private const double Gamma = 0.05, Offset = 10, Forgetting = 0.75;

    private double _centre, _sum, _average;
    private int _count;

    /// <summary>The step size to try next.</summary>
    internal double Step { get; private set; }

    /// <summary>The average of the step sizes, weighted to the last: what sampling uses.</summary>
    internal double Final => Math.Exp(_average);

    internal void Restart(double step)
    {
        (Step, _centre, _sum, _average, _count) = (step, Math.Log(10 * step), 0, 0, 0);
    }

    internal void Learn(double acceptance)
    {
        _count++;
        double weight = 1 / (_count + Offset);
        _sum = (1 - weight) * _sum + weight * (target - Math.Min(1, acceptance));
        double logStep = _centre - Math.Sqrt(_count) / Gamma * _sum;
        double forget = Math.Pow(_count, -Forgetting);
        _average = forget * logStep + (1 - forget) * _average;
        Step = Math.Exp(logStep);
    }
}
