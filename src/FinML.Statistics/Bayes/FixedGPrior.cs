namespace FinML.Statistics;

/// <summary>
/// Zellner's prior (1986) with a fixed g: the prior is worth n / g observations. Its Bayes factor stays finite where
/// R^2 goes to 1 (the "information paradox" of Liang et al. 2008); the mixtures do not have that fault.
/// </summary>
public sealed class FixedGPrior : GPrior
{
    /// <summary>Makes a prior.</summary>
    /// <param name="g">Above 0.</param>
    public FixedGPrior(double g)
    {
        Guard.Positive(g, nameof(g));
        G = g;
    }

    /// <summary>g.</summary>
    public double G { get; }

    /// <inheritdoc/>
    public override string Name => $"g prior, g = {Guard.Text(G)}";

    /// <summary>g = n: the prior is worth one observation (Kass and Wasserman 1995).</summary>
    public static FixedGPrior UnitInformation(int count) => new(count);

    /// <summary>g = max(n, p^2), the benchmark of Fernandez, Ley and Steel (2001).</summary>
    /// <param name="count">n.</param>
    /// <param name="candidates">p, all predictors that could be in the model.</param>
    public static FixedGPrior Benchmark(int count, int candidates) =>
        new(Math.Max(count, (double)candidates * candidates));

    internal override (double Log, double RelativeError) LogBayesFactor(
        int count, int predictors, double unexplained) =>
        (LogLikelihoodRatio(G, count, predictors, unexplained), 0);

    internal override Shrinkage Shrink(int count, int predictors, double unexplained)
    {
        double s = G / (1 + G);
        return FromMoments(s, s * s, count, unexplained);
    }
}
