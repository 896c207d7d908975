namespace FinML.Markets;

/// <summary>
/// Trades the end of a quiet time: where the highest of the last <see cref="Window"/> closes is within
/// <see cref="Width"/> of the lowest, a close above that channel is bought, one below it sold, and the position is held
/// for <see cref="Hold"/> closes.
/// </summary>
/// <param name="Window">Closes that make the channel, the close at hand not among them; 1 to 100,000.</param>
/// <param name="Width">The channel's height as a share of its low; 0 to 10.</param>
/// <param name="Band">By how much of the level it has to be left; 0 to 1.</param>
/// <param name="Hold">Closes; 1 to 10,000.</param>
public sealed record ChannelBreakoutRule(int Window, double Width, double Band = 0, int Hold = 10) : TradingRule
{
    /// <inheritdoc/>
    public override RuleFamily Family => RuleFamily.ChannelBreakout;

    /// <inheritdoc/>
    public override string Name =>
        $"channel {Window}, width {Percent(Width)}{(Band > 0 ? $", band {Percent(Band)}" : "")}, hold {Hold}";

    internal override void Decide(RuleMarket market, Span<sbyte> positions)
    {
        ReadOnlySpan<double> closes = market.Closes;
        double[] highs = market.Highest(Window), lows = market.Lowest(Window);
        for (int t = Window; t < positions.Length; t++)
        {
            if (highs[t] > lows[t] * (1 + Width))
                continue;
            positions[t] = (sbyte)((closes[t] > highs[t] * (1 + Band) ? 1 : 0)
                - (closes[t] < lows[t] * (1 - Band) ? 1 : 0));
        }

        new RuleTiming(0, Hold).ApplyToEvents(positions);
    }

    internal override void Validate()
    {
        Require.InRange(Window, 1, 100_000, nameof(Window));
        Require.InRange(Width, 0, 10, nameof(Width));
        Require.InRange(Band, 0, 1, nameof(Band));
        Require.InRange(Hold, 1, 10_000, nameof(Hold));
    }
}
