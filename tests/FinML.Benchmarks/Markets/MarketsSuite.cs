using FinML.Markets;

namespace FinML.Benchmarks.Markets;

/// <summary>Environments, books and backtests.</summary>
internal static class MarketsSuite
{
    internal static Suite Create()
    {
        var works = new Dictionary<string, Func<Action>>();
        List<Row> rows = [];
        EnvironmentRows.AddTo(works, rows);
        MatchingRows.AddTo(rows);
        SweepRows.AddTo(rows);
        return new Suite(
            "markets", "NumPy", Path.Combine("Markets", "peer.py"), new Dictionary<string, string>(), works, rows,
            _ => { }, $"FinML.Markets {typeof(Backtester).Assembly.GetName().Version?.ToString(3)}");
    }
}
