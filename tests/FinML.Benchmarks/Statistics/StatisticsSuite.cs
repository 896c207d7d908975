using FinML.Statistics;

namespace FinML.Benchmarks.Statistics;

/// <summary>Resampling and the tests on many models.</summary>
internal static class StatisticsSuite
{
    internal static Suite Create()
    {
        var works = new Dictionary<string, Func<Action>>();
        List<Row> rows = [];
        ResamplingRows.AddTo(works, rows);
        NestedSamplingRows.AddTo(rows);
        IntervalRows.AddTo(works, rows);
        return new Suite(
            "statistics", "SciPy", Path.Combine("Statistics", "peer.py"), new Dictionary<string, string>(),
            works, rows, _ => { },
            $"FinML.Statistics {typeof(SharpeRatio).Assembly.GetName().Version?.ToString(3)}");
    }
}
