using FinML.Data;

namespace FinML.Benchmarks.Data;

/// <summary>Reading, storing and features, with pandas beside it where it can be had.</summary>
internal static class DataSuite
{
    internal static Suite Create()
    {
        var works = new Dictionary<string, Func<Action>>();
        List<Row> rows = [];
        PanelRows.AddTo(rows);
        CsvRows.AddTo(works, rows);
        FeatureRows.AddTo(rows);
        StoreRows.AddTo(rows);
        return new Suite(
            "data", "pandas", Path.Combine("Data", "peer.py"), new Dictionary<string, string>(), works, rows, _ => { },
            $"FinML.Data {typeof(Panel).Assembly.GetName().Version?.ToString(3)}");
    }
}
