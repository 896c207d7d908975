namespace FinML.Markets;

/// <summary>
/// Alexander's filter (1961; Fama and Blume 1966): buys when the close has risen by <see cref="Move"/> from the low,
/// sells short when it has fallen by as much from the high since. With <see cref="Exit"/> a smaller move back only
/// closes the position; with <see cref="Hold"/> a position is given up after so many closes and high and low begin anew
/// there; with <see cref="Turn"/> the high (low) is the most recent close above (below) that many before it.
/// </summary>
/// <remarks>At most one of the three is set, as in the universe of Sullivan, Timmermann and White (1999). Where they
/// leave it open, a high or low is one since the position was opened, the opening close among them; a high before a
/// closing stays in force, so that a fall that goes on becomes a short position.</remarks>
/// <param name="Move">Share of the price; above 0 to 10.</param>
/// <param name="Exit">Share of the price, below Move; 0 for none.</param>
/// <param name="Hold">Closes; 0 for as long as the rule says, to 10,000.</param>
/// <param name="Turn">Closes; 0 for the highest and lowest close, to 100,000.</param>
public sealed record FilterRule(double Move, double Exit = 0, int Hold = 0, int Turn = 0) : TradingRule
{
    /// <inheritdoc/>
    public override RuleFamily Family => RuleFamily.Filter;

    /// <inheritdoc/>
    public override string Name => $"filter {Percent(Move)}{(Exit > 0 ? $", exit {Percent(Exit)}" : "")}"
        + $"{(Hold > 0 ? $", hold {Hold}" : "")}{(Turn > 0 ? $", turn {Turn}" : "")}";

    internal override void Decide(RuleMarket market, Span<sbyte> positions)
    {
        if (Turn > 0)
            DecideByTurns(market, positions);
        else
            DecideByRange(market.Closes, positions);
    }

    internal override void Validate()
    {
        Require.InRange(Move, 1e-9, 10, nameof(Move));
        Require.InRange(Exit, 0, Math.BitDecrement(Move), nameof(Exit));
        Require.InRange(Hold, 0, 10_000, nameof(Hold));
        Require.InRange(Turn, 0, 100_000, nameof(Turn));
        if ((Exit > 0 ? 1 : 0) + (Hold > 0 ? 1 : 0) + (Turn > 0 ? 1 : 0) > 1)
            throw new ArgumentException(
                $"A filter takes one of Exit, Hold and Turn; {Name} has more.", nameof(Move));
    }

    private void DecideByRange(ReadOnlySpan<double> closes, Span<sbyte> positions)
    {
        double high = closes[0], low = closes[0];
        sbyte held = 0;
        int until = 0; // of a holding period
        for (int t = 1; t < closes.Length; t++)
        {
            double close = closes[t];
            if (Hold > 0 && held != 0)
            {
                if (t == until)
                    (held, high, low) = (0, close, close);
                positions[t] = held;
                continue;
            }

            high = Math.Max(high, close);
            low = Math.Min(low, close);
            if (held <= 0 && close >= low * (1 + Move))
                (held, high, until) = (1, close, t + Hold);
            else if (held >= 0 && close <= high * (1 - Move))
                (held, low, until) = (-1, close, t + Hold);
            else if (Exit > 0 && held > 0 && close <= high * (1 - Exit))
                (held, low) = (0, close);
            else if (Exit > 0 && held < 0 && close >= low * (1 + Exit))
                (held, high) = (0, close);
            positions[t] = held;
        }
    }

    private void DecideByTurns(RuleMarket market, Span<sbyte> positions)
    {
        ReadOnlySpan<double> closes = market.Closes;
        int[] highs = market.HighTurns(Turn), lows = market.LowTurns(Turn);
        sbyte held = 0;
        int opened = 0;
        for (int t = 1; t < closes.Length; t++)
        {
            double close = closes[t];
            if (held <= 0 && Level(lows, t, held, opened, closes) is var low && close >= low * (1 + Move))
                (held, opened) = (1, t);
            else if (held >= 0 && Level(highs, t, held, opened, closes) is var high && close <= high * (1 - Move))
                (held, opened) = (-1, t);
            positions[t] = held;
        }
    }

    /// <summary>The last turn's close: since the position was opened, else the close it was opened at. NaN before the
    /// first turn.</summary>
    private static double Level(int[] turns, int t, sbyte held, int opened, ReadOnlySpan<double> closes)
    {
        int turn = turns[t];
        if (held != 0)
            return closes[Math.Max(turn, opened)];
        return turn < 0 ? double.NaN : closes[turn];
    }
}
