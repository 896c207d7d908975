namespace FinML.Markets;

/// <summary>
/// Returns on the days that a rule was long and on those that it was short, with the t-ratios of Brock, Lakonishok and
/// LeBaron (1992): the variance is that of all days, for all three.
/// </summary>
public sealed record BuySellReturns
{
    /// <summary>The rule.</summary>
    public required TradingRule Rule { get; init; }

    /// <summary>Days that were bought.</summary>
    public required int Buys { get; init; }

    /// <summary>Days that were sold.</summary>
    public required int Sells { get; init; }

    /// <summary>Mean return of the days that were bought; NaN where there were none.</summary>
    public required double BuyMean { get; init; }

    /// <summary>Mean return of the days that were sold (of the index, not of the short position).</summary>
    public required double SellMean { get; init; }

    /// <summary>Standard deviation of the returns of bought days, divisor n - 1.</summary>
    public required double BuyDeviation { get; init; }

    /// <summary>Standard deviation of the returns of sold days, divisor n - 1.</summary>
    public required double SellDeviation { get; init; }

    /// <summary>Buys less all days: (m_b - m) / sqrt(s² / n + s² / n_b).</summary>
    public required double BuyT { get; init; }

    /// <summary>Sells less all days.</summary>
    public required double SellT { get; init; }

    /// <summary>Buys less sells: (m_b - m_s) / sqrt(s² / n_b + s² / n_s).</summary>
    public required double DifferenceT { get; init; }

    /// <summary>Buys less sells.</summary>
    public double Difference => BuyMean - SellMean;

    internal static BuySellReturns Of(TradingRule rule, ReadOnlySpan<double> returns, ReadOnlySpan<sbyte> held)
    {
        var (all, buys, sells) = (new Sums(), new Sums(), new Sums());
        for (int t = 0; t < returns.Length; t++)
        {
            all.Add(returns[t]);
            if (held[t] > 0)
                buys.Add(returns[t]);
            else if (held[t] < 0)
                sells.Add(returns[t]);
        }

        double variance = all.Deviation * all.Deviation;
        double Ratio(double difference, int n, int m) => difference / Math.Sqrt(variance / n + variance / m);
        return new BuySellReturns
        {
            Rule = rule,
            Buys = buys.Count,
            Sells = sells.Count,
            BuyMean = buys.Mean,
            SellMean = sells.Mean,
            BuyDeviation = buys.Deviation,
            SellDeviation = sells.Deviation,
            BuyT = Ratio(buys.Mean - all.Mean, all.Count, buys.Count),
            SellT = Ratio(sells.Mean - all.Mean, all.Count, sells.Count),
            DifferenceT = Ratio(buys.Mean - sells.Mean, buys.Count, sells.Count),
        };
    }

    private struct Sums
    {
        private double sum, squares;

        internal int Count { get; private set; }

        internal readonly double Mean => Count > 0 ? sum / Count : double.NaN;

        internal readonly double Deviation => Count > 1
            ? Math.Sqrt(Math.Max(0, (squares - sum * sum / Count) / (Count - 1)))
            : double.NaN;

        internal void Add(double value)
        {
            sum += value;
            squares += value * value;
            Count++;
        }
    }
}
