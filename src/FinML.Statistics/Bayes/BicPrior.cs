namespace FinML.Statistics;

/// <summary>
/// No prior on the slopes, but Schwarz's approximation of the Bayes factor against the intercept alone:
/// BF = exp(-(n ln(1 - R^2) + p ln n) / 2) (Raftery 1995, equation 26). The posterior of the slopes is least squares
/// with its standard errors.
/// </summary>
public sealed class BicPrior : GPrior
{
    private BicPrior()
    {
    }

    /// <summary>The one instance.</summary>
    public static BicPrior Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "BIC";

    internal override (double Log, double RelativeError) LogBayesFactor(
        int count, int predictors, double unexplained) =>
        (-0.5 * (count * Math.Log(unexplained) + predictors * Math.Log(count)), 0);

    internal override Shrinkage Shrink(int count, int predictors, double unexplained) =>
        new(1, 0, unexplained / (count - predictors - 1));
}
