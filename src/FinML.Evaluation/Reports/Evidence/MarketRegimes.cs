using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>
/// A strategy by the state of the market: terciles of the trailing volatility and of the trailing return of the
/// benchmark (or of the strategy, without one). What a period is called was known when it began: the trailing window
/// ends before it, and the terciles are those of the windows up to then, not of the whole sample.
/// </summary>
public sealed record MarketRegimes
{
    private const int Burn = 60, Least = 30;

    /// <summary>Whose states they are.</summary>
    public required string Market { get; init; }

    /// <summary>Periods of the window of the volatility.</summary>
    public required int VolatilityWindow { get; init; }

    /// <summary>Periods of the window of the trend.</summary>
    public required int TrendWindow { get; init; }

    /// <summary>Three of the volatility and three of the trend; those that never occurred are left out.</summary>
    public required IReadOnlyList<RegimeRow> Rows { get; init; }

    /// <summary>Null where the record is too short to know a state.</summary>
    internal static MarketRegimes? Of(EvidenceInput input, BacktestReportOptions options)
    {
        int year = (int)Math.Round(options.PeriodsPerYear);
        int volatility = Math.Max(6, year / 4), trend = Math.Max(6, year);
        NamedReturns market = input.Benchmark ?? new NamedReturns(input.Name, input.NetReturns);
        double[] returns = [.. market.Values];
        if (returns.Length < Math.Max(volatility, trend) + Burn + 3 * Least)
            return null;
        List<RegimeRow> rows = [];
        Add("volatility", ["calm", "middle", "turbulent"], TrailingWindows.Deviation(returns, volatility), volatility);
        Add("trend", ["falling", "middle", "rising"], TrailingWindows.LogReturn(returns, trend), trend);
        return new MarketRegimes
        {
            Market = market.Name,
            VolatilityWindow = volatility,
            TrendWindow = trend,
            Rows = rows,
        };

        void Add(string kind, string[] names, double[] values, int first)
        {
            int[] states = States(values, first);
            int known = states.Count(state => state >= 0);
            for (int state = 0; state < 3; state++)
            {
                int[] inside = [.. Enumerable.Range(0, states.Length).Where(t => states[t] == state)];
                if (inside.Length >= 2)
                    rows.Add(Row(input, options, kind, names[state], inside, known));
            }
        }
    }

    /// <summary>0, 1 or 2 by period: the tercile of its value among those of the periods before it; -1 where there are
    /// too few.</summary>
    /// <param name="values">By period, known when it begins.</param>
    /// <param name="first">The first period that has one.</param>
    internal static int[] States(double[] values, int first)
    {
        int n = values.Length;
        double[] sorted = values[first..];
        Array.Sort(sorted);
        var seen = new int[sorted.Length + 1]; // Fenwick's tree over ranks: how many so far lie at or below
        var states = new int[n];
        Array.Fill(states, -1);
        for (int t = first; t < n; t++)
        {
            int rank = Array.BinarySearch(sorted, values[t]);
            while (rank > 0 && sorted[rank - 1] == values[t])
                rank--;
            int below = 0, count = t - first;
            for (int i = rank; i > 0; i -= i & -i)
                below += seen[i];
            for (int i = rank + 1; i < seen.Length; i += i & -i)
                seen[i]++;
            if (count >= Burn)
                states[t] = Math.Min(2, 3 * below / count);
        }

        return states;
    }

    private static RegimeRow Row(
        EvidenceInput input, BacktestReportOptions options, string kind, string state, int[] inside, int known)
    {
        double[] own = [.. inside.Select(t => input.NetReturns[t])];
        Moments moments = Moments.Of(own);
        SharpeRatio? sharpe = own.Length >= Least && !moments.IsConstant
            ? SharpeRatio.Of(
                ReturnSeries.Simple(own, options.PeriodsPerYear),
                new SharpeOptions { RiskFreePerPeriod = options.RiskFreePerPeriod })
            : null;
        double[]? market = input.Benchmark is { } b && own.Length >= Least
            ? [.. inside.Select(t => b.Values[t])]
            : null;
        return new RegimeRow(
            kind,
            state,
            own.Length,
            (double)own.Length / known,
            moments.Mean * options.PeriodsPerYear,
            moments.StandardDeviation() * Math.Sqrt(options.PeriodsPerYear),
            sharpe?.Annualised,
            sharpe?.StandardError * Math.Sqrt(options.PeriodsPerYear),
            market is null ? null : SharpeInference.Annualised(market, options));
    }
}
