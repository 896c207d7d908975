using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// The null model of selection: at each close, with a given probability, it draws new long-only weights, uniform on the
/// simplex of the assets that have a price; else it leaves the positions as they are.
/// </summary>
public sealed class RandomPortfolio : IPortfolioStrategy
{
    private readonly ulong seed;
    private readonly double switching;
    private readonly string field;

    /// <param name="seed">The seed; a decision depends on it, on the row and on which assets have a price only.</param>
    /// <param name="switching">The probability of drawing anew; 0 to 1.</param>
    /// <param name="field">The price that an asset needs to be held.</param>
    public RandomPortfolio(ulong seed, double switching = 0.05, string field = "close")
    {
        Require.InRange(switching, 0, 1, nameof(switching));
        ArgumentException.ThrowIfNullOrWhiteSpace(field);
        (this.seed, this.switching, this.field) = (seed, switching, field);
    }

    /// <inheritdoc/>
    public string Name => $"random_portfolio_{seed}";

    /// <inheritdoc/>
    public int WarmUp => 0;

    /// <inheritdoc/>
    public void Decide(in PointInTimeView view, ReadOnlySpan<double> previous, Span<double> targets)
    {
        // One stream a row: the same decision whatever was asked before.
        var random = new RandomStream(seed, (ulong)view.Length);
        bool draws = random.NextDouble() < switching;
        if (!draws && previous.ContainsAnyExcept(0))
        {
            targets.Fill(double.NaN);
            return;
        }

        double sum = 0;
        int[] assets = Universe.Of(view, field);
        foreach (int asset in assets)
            sum += targets[asset] = -Math.Log(1 - random.NextDouble()); // exponential: uniform on the simplex
        foreach (int asset in assets)
            targets[asset] /= sum;
    }
}
