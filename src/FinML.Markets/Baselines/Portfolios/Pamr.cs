using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// Passive-aggressive mean reversion: after each row the weights b move against the relatives x = p_t / p_{t-1} just so
/// far that they would have earned at most ε, b' = Π(b - τ (x - mean x)), with τ = (b·x - ε)+ / |x - mean x|² (PAMR),
/// at most C (PAMR-1), or (b·x - ε)+ / (|x - mean x|² + 1 / (2 C)) (PAMR-2); Π projects onto the simplex. Li, Zhao, Hoi
/// and Gopalkrishnan, "PAMR: passive aggressive mean reversion strategy for portfolio selection", Machine Learning 87
/// (2012).
/// </summary>
/// <remarks>Its published wealth is at zero cost, with the portfolio of day t bought at the closes that decided
/// it.</remarks>
public sealed class Pamr : IPortfolioStrategy
{
    private readonly double epsilon;
    private readonly int variant;
    private readonly double aggressiveness;
    private readonly string field;

    /// <param name="epsilon">The relative above which the weights react; 0 to 10.</param>
    /// <param name="variant">0, 1 or 2, as above.</param>
    /// <param name="aggressiveness">C; above 0 to 1e9.</param>
    /// <param name="field">The price.</param>
    public Pamr(double epsilon = 0.5, int variant = 0, double aggressiveness = 500, string field = "close")
    {
        Require.InRange(epsilon, 0, 10, nameof(epsilon));
        Require.InRange(variant, 0, 2, nameof(variant));
        Require.InRange(aggressiveness, 1e-9, 1e9, nameof(aggressiveness));
        ArgumentException.ThrowIfNullOrWhiteSpace(field);
        (this.epsilon, this.variant, this.aggressiveness, this.field) = (epsilon, variant, aggressiveness, field);
    }

    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"pamr_{variant}_{epsilon}");

    /// <inheritdoc/>
    public int WarmUp => 0;

    /// <inheritdoc/>
    public void Decide(in PointInTimeView view, ReadOnlySpan<double> previous, Span<double> targets)
    {
        int[] assets = Universe.Of(view, field, Math.Min(2, view.Length));
        if (assets.Length == 0)
            return;
        double[] weights = OnlinePortfolio.Previous(assets, previous); // b
        if (previous.ContainsAnyExcept(0) && view.Length > 1)
        {
            double[] relatives = new double[assets.Length]; // x
            for (int i = 0; i < assets.Length; i++)
                relatives[i] = view.Value(assets[i], field) / view.Value(assets[i], field, 1);
            (double earned, double spread) = OnlinePortfolio.CenterAndMeasure(weights, relatives);
            double loss = Math.Max(0, earned - epsilon);
            double step = spread == 0 ? 0 : variant switch
            {
                0 => loss / spread,
                1 => Math.Min(aggressiveness, loss / spread),
                _ => loss / (spread + 0.5 / aggressiveness),
            };
            for (int i = 0; i < weights.Length; i++)
                weights[i] -= step * relatives[i];
            SimplexProjection.Project(weights);
        }

        for (int i = 0; i < assets.Length; i++)
            targets[assets[i]] = weights[i];
    }
}
