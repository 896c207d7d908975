namespace FinML.Evaluation;

/// <summary>What the closed trades of a strategy were like, after commission and slippage.</summary>
public sealed record TradeStatistics
{
    /// <summary>Closed trades.</summary>
    public required int Count { get; init; }

    /// <summary>Positions that are open at the end and count in none of these figures.</summary>
    public required int StillOpen { get; init; }

    /// <summary>Of the closed ones, those that were long.</summary>
    public required int Long { get; init; }

    /// <summary>Share with a profit above 0.</summary>
    public required double HitRate { get; init; }

    /// <summary>Mean return of a trade on what was invested in it.</summary>
    public required double MeanReturn { get; init; }

    /// <summary>Mean return of the winners over the mean loss of the losers; null without both.</summary>
    public required double? Payoff { get; init; }

    /// <summary>Profits of the winners over losses of the losers; null where nothing was lost.</summary>
    public required double? ProfitFactor { get; init; }

    /// <summary>Mean number of periods from the first fill to the last.</summary>
    public required double MeanPeriods { get; init; }

    /// <summary>The best trade's return.</summary>
    public required double Best { get; init; }

    /// <summary>The worst trade's return.</summary>
    public required double Worst { get; init; }

    /// <summary>The most losers in a row, by exit.</summary>
    public required int LongestLosingRow { get; init; }

    /// <summary>Null where no trade was closed.</summary>
    public static TradeStatistics? Of(IReadOnlyList<RoundTrip> trades, int stillOpen)
    {
        ArgumentNullException.ThrowIfNull(trades);
        if (trades.Count == 0)
            return null;
        RoundTrip[] winners = [.. trades.Where(t => t.Profit > 0)], losers = [.. trades.Where(t => t.Profit < 0)];
        int row = 0, longest = 0;
        foreach (RoundTrip trade in trades)
        {
            row = trade.Profit < 0 ? row + 1 : 0;
            longest = Math.Max(longest, row);
        }

        return new TradeStatistics
        {
            Count = trades.Count,
            StillOpen = stillOpen,
            Long = trades.Count(t => t.Long),
            HitRate = (double)winners.Length / trades.Count,
            MeanReturn = trades.Average(t => t.Return),
            Payoff = winners.Length > 0 && losers.Length > 0
                ? winners.Average(t => t.Return) / -losers.Average(t => t.Return)
                : null,
            ProfitFactor = losers.Length > 0 ? winners.Sum(t => t.Profit) / -losers.Sum(t => t.Profit) : null,
            MeanPeriods = trades.Average(t => t.Periods),
            Best = trades.Max(t => t.Return),
            Worst = trades.Min(t => t.Return),
            LongestLosingRow = longest,
        };
    }
}
