using FinML.Data;

namespace FinML.Markets;

/// <summary>Fixed weights, traded back to every so many rows; 60/40 is <see cref="SixtyForty"/>.</summary>
public sealed class FixedMix : IPortfolioStrategy
{
    private readonly Dictionary<string, double> weights;
    private readonly int every;

    /// <param name="weights">A weight for each asset named; the others get 0.</param>
    /// <param name="every">Rows between two rebalancings; 21 trading days are about a month. 1 to 1,000,000.</param>
    public FixedMix(IReadOnlyDictionary<string, double> weights, int every = 21)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Require.InRange(weights.Count, 1, 1_000_000, "weights.Count");
        foreach ((string asset, double weight) in weights)
            Require.Finite(weight, $"The weight of {asset}");
        Require.InRange(every, 1, 1_000_000, nameof(every));
        this.weights = new Dictionary<string, double>(weights, StringComparer.Ordinal);
        this.every = every;
    }

    /// <inheritdoc/>
    public string Name => "fixed_mix_" + string.Join('_', weights
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => FormattableString.Invariant($"{pair.Key}_{pair.Value}")));

    /// <inheritdoc/>
    public int WarmUp => 0;

    /// <summary>60 % of one asset, 40 % of another.</summary>
    public static FixedMix SixtyForty(string equity, string bonds, int every = 21) =>
        new(new Dictionary<string, double> { [equity] = 0.6, [bonds] = 0.4 }, every);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A named asset is not in the view.</exception>
    public void Decide(in PointInTimeView view, ReadOnlySpan<double> previous, Span<double> targets)
    {
        if (!Universe.IsDue(view, previous, every))
        {
            targets.Fill(double.NaN);
            return;
        }

        int found = 0;
        for (int asset = 0; asset < targets.Length; asset++)
        {
            if (weights.TryGetValue(view.Assets[asset], out double weight))
            {
                targets[asset] = weight;
                found++;
            }
        }

        if (found != weights.Count)
            throw new ArgumentException(
                $"Not all of {string.Join(", ", weights.Keys)} are assets of the panel: "
                + $"{string.Join(", ", view.Assets.Take(40))}.");
    }
}
