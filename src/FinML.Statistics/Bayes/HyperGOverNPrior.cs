namespace FinML.Statistics;

/// <summary>
/// Hyper-g/n prior of Liang et al. (2008): p(g) = (a - 2) / (2 n) (1 + g / n)^(-a / 2). Unlike
/// <see cref="HyperGPrior"/> it widens with n, and so finds the true model in the limit, the null included.
/// </summary>
public sealed class HyperGOverNPrior : MixtureGPrior
{
    /// <summary>Makes a prior.</summary>
    /// <param name="a">Above 2; 3 by default, up to 4 recommended.</param>
    public HyperGOverNPrior(double a = 3)
    {
        Guard.Between(a, 2, 1e6, nameof(a));
        A = a;
    }

    /// <summary>a.</summary>
    public double A { get; }

    /// <inheritdoc/>
    public override string Name => $"hyper-g/n, a = {Guard.Text(A)}";

    private protected override double Scale(int count) => count;

    private protected override double LogDensity(double u, double g, int count) =>
        Math.Log(0.5 * (A - 2) / count) - 0.5 * A * Math.Log(1 + g / count) + u;
}
