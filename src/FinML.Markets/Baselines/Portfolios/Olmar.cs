using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// On-line moving average reversion (OLMAR-1): the next relatives are predicted to lead back to the mean price,
/// x̃ = mean of the last w prices / p_t, and the weights move towards them just so far that they would earn ε:
/// b' = Π(b + λ (x̃ - mean x̃)), λ = (ε - b·x̃)+ / |x̃ - mean x̃|². Li and Hoi, "On-line portfolio selection with
/// moving average reversion", ICML 2012.
/// </summary>
public sealed class Olmar : IPortfolioStrategy
{
    private readonly int window;
    private readonly double epsilon;
    private readonly string field;

    /// <param name="window">Rows of the mean; 2 to 1,000,000.</param>
    /// <param name="epsilon">The relative that the weights are moved to earn; 1 to 1,000.</param>
    /// <param name="field">The price.</param>
    public Olmar(int window = 5, double epsilon = 10, string field = "close")
    {
        Require.InRange(window, 2, 1_000_000, nameof(window));
        Require.InRange(epsilon, 1, 1_000, nameof(epsilon));
        ArgumentException.ThrowIfNullOrWhiteSpace(field);
        (this.window, this.epsilon, this.field) = (window, epsilon, field);
    }

    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"olmar_{window}_{epsilon}");

    /// <inheritdoc/>
    public int WarmUp => 0;

    /// <inheritdoc/>
    public void Decide(in PointInTimeView view, ReadOnlySpan<double> previous, Span<double> targets)
    {
        bool warm = view.Length >= window;
        int[] assets = Universe.Of(view, field, warm ? window : 1);
        if (assets.Length == 0)
            return;
        double[] weights = OnlinePortfolio.Previous(assets, previous); // b
        if (warm)
        {
            double[] predicted = new double[assets.Length]; // x̃
            for (int i = 0; i < assets.Length; i++)
            {
                ReadOnlySpan<double> prices = view.Window(assets[i], field, window);
                predicted[i] = MovingAverageCrossover.Mean(prices) / prices[^1];
            }

            (double earned, double spread) = OnlinePortfolio.CenterAndMeasure(weights, predicted);
            double step = spread == 0 ? 0 : Math.Max(0, epsilon - earned) / spread;
            for (int i = 0; i < weights.Length; i++)
                weights[i] += step * predicted[i];
            SimplexProjection.Project(weights);
        }

        for (int i = 0; i < assets.Length; i++)
            targets[assets[i]] = weights[i];
    }
}
