using FinML.Data;

namespace FinML.Markets;

/// <summary>Buys every asset that has a price at the first decision, in equal parts, and never trades again.</summary>
public sealed class BuyAndHoldPortfolio : IPortfolioStrategy
{
    private readonly EqualWeight first;

    /// <param name="field">The price that an asset needs to be bought.</param>
    public BuyAndHoldPortfolio(string field = "close") => first = new EqualWeight(field);

    /// <inheritdoc/>
    public string Name => "buy_and_hold_portfolio";

    /// <inheritdoc/>
    public int WarmUp => 0;

    /// <inheritdoc/>
    public void Decide(in PointInTimeView view, ReadOnlySpan<double> previous, Span<double> targets)
    {
        if (previous.ContainsAnyExcept(0))
            targets.Fill(double.NaN);
        else
            first.Decide(view, previous, targets);
    }
}
