namespace FinML.Markets;

/// <summary>
/// Long when the close breaks above the last high, short when it breaks below the last low, by more than the band: the
/// trading-range break of Brock, Lakonishok and LeBaron (1992) with a holding period of ten days, the support and
/// resistance rules of Sullivan, Timmermann and White (1999) in all.
/// </summary>
/// <param name="Window">Closes that make a high or a low, the close at hand not among them; 1 to 100,000.</param>
/// <param name="Extreme">How they make it.</param>
/// <param name="Band">Share of the level; 0 to 1.</param>
/// <param name="Timing">Delay and holding period; without one a position is kept until the opposite break.</param>
public sealed record SupportResistanceRule(
    int Window, RuleExtreme Extreme = RuleExtreme.Range, double Band = 0, RuleTiming Timing = default) : TradingRule
{
    /// <inheritdoc/>
    public override RuleFamily Family => RuleFamily.SupportResistance;

    /// <inheritdoc/>
    public override string Name =>
        $"break of {(Extreme == RuleExtreme.Range ? "range" : "turn")} {Window}"
        + $"{(Band > 0 ? $", band {Percent(Band)}" : "")}{Timing.Suffix}";

    internal override void Decide(RuleMarket market, Span<sbyte> positions)
    {
        ReadOnlySpan<double> closes = market.Closes;
        double[] highs, lows; // known before the close at hand; NaN, which nothing breaks, where there is none
        if (Extreme == RuleExtreme.Range)
            (highs, lows) = (market.Highest(Window), market.Lowest(Window));
        else
            (highs, lows) = (market.HighBefore(Window), market.LowBefore(Window));
        for (int t = 0; t < positions.Length; t++)
        {
            positions[t] = (sbyte)((closes[t] > highs[t] * (1 + Band) ? 1 : 0)
                - (closes[t] < lows[t] * (1 - Band) ? 1 : 0));
        }

        Timing.ApplyToEvents(positions);
    }

    internal override void Validate()
    {
        Require.InRange(Window, 1, 100_000, nameof(Window));
        Require.Defined(Extreme, nameof(Extreme));
        Require.InRange(Band, 0, 1, nameof(Band));
        Timing.Validate();
    }
}
