namespace FinML.Statistics;

/// <summary>
/// Hyper-g prior of Liang et al. (2008): p(g) = (a - 2) / 2 (1 + g)^(-a / 2), so that the shrinkage g / (1 + g) is
/// beta(1, a / 2 - 1): uniform for a = 4. It does not widen with n.
/// </summary>
public sealed class HyperGPrior : MixtureGPrior
{
    /// <summary>Makes a prior.</summary>
    /// <param name="a">Above 2; 3 by default, up to 4 recommended.</param>
    public HyperGPrior(double a = 3)
    {
        Guard.Between(a, 2, 1e6, nameof(a));
        A = a;
    }

    /// <summary>a.</summary>
    public double A { get; }

    /// <inheritdoc/>
    public override string Name => $"hyper-g, a = {Guard.Text(A)}";

    private protected override double Scale(int count) => 1;

    private protected override double LogDensity(double u, double g, int count) =>
        Math.Log(0.5 * (A - 2)) - 0.5 * A * Math.Log(1 + g) + u;
}
