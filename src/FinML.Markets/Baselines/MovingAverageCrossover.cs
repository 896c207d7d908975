using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// Long while the mean of the last <c>fast</c> prices is above that of the last <c>slow</c> ones, else flat or short:
/// the variable-length rule of Brock, Lakonishok and LeBaron, "Simple technical trading rules and the stochastic
/// properties of stock returns", Journal of Finance 47 (1992), without a band.
/// </summary>
public sealed class MovingAverageCrossover : IStrategy
{
    private readonly int fast;
    private readonly int slow;
    private readonly bool shorts;
    private readonly string field;

    /// <param name="fast">Rows of the short mean; 1 to slow - 1.</param>
    /// <param name="slow">Rows of the long mean; 2 to 1,000,000.</param>
    /// <param name="shorts">Whether a fast mean below the slow one means -1 rather than 0.</param>
    /// <param name="field">The price that is averaged.</param>
    public MovingAverageCrossover(int fast = 50, int slow = 200, bool shorts = false, string field = "close")
    {
        Require.InRange(slow, 2, 1_000_000, nameof(slow));
        Require.InRange(fast, 1, slow - 1, nameof(fast));
        ArgumentException.ThrowIfNullOrWhiteSpace(field);
        (this.fast, this.slow, this.shorts, this.field) = (fast, slow, shorts, field);
    }

    /// <inheritdoc/>
    public string Name => $"moving_average_{fast}_{slow}_{(shorts ? "long_short" : "long_flat")}";

    /// <inheritdoc/>
    public int WarmUp => slow - 1;

    /// <inheritdoc/>
    public double Decide(in PointInTimeView view, int asset, double previousTarget) => Target(
        Mean(view.Window(asset, field, fast)), Mean(view.Window(asset, field, slow)), shorts);

    /// <summary>The target for two means; one rule for the strategy and the sweep over it.</summary>
    internal static double Target(double fastMean, double slowMean, bool shorts) =>
        fastMean > slowMean ? 1 : shorts && fastMean < slowMean ? -1 : 0;

    /// <summary>The mean, summed newest first: so the sums of all windows that end at a row are one running
    /// sum.</summary>
    internal static double Mean(ReadOnlySpan<double> prices)
    {
        double sum = 0;
        for (int i = prices.Length - 1; i >= 0; i--)
            sum += prices[i];
        return sum / prices.Length;
    }
}
