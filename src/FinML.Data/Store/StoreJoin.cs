namespace FinML.Data.Store;

/// <summary>
/// Joins two stores as of a time: beside each row of the left one stands, of the right one, the row about the latest
/// time that was known when the left row became known, in the version of then.
/// </summary>
internal static class StoreJoin
{
    /// <summary>The joined rows of one symbol: time, available_at, the left fields and the right ones.</summary>
    public static SymbolSeries Read(DuckDbConnection connection, StoreReader left, StoreReader right, string symbol,
        string rightSymbol, CancellationToken stop)
    {
        SymbolSeries series = new(symbol, left.Fields.Count + right.Fields.Count, left.RowsOf(symbol));
        if (left.SqlOf(symbol) is not { } leftRows)
            return series;
        string leftFields = string.Concat(left.Fields.Select(f => $", l.{DuckDbConnection.Name(f)}"));
        string rightFields = string.Concat(right.Fields.Select(f => $", r.{DuckDbConnection.Name(f)}"));
        string sql = right.VersionsSqlOf(rightSymbol) is { } versions
            ? $"SELECT l.time, l.available_at{leftFields}{rightFields} FROM ({leftRows}) l ASOF LEFT JOIN "
                + $"({Frontier(versions)}) r ON l.available_at >= r.available_at ORDER BY l.time"
            : $"SELECT l.time, l.available_at{leftFields}"
                + string.Concat(right.Fields.Select(_ => ", NULL::DOUBLE")) + $" FROM ({leftRows}) l ORDER BY l.time";
        using DuckDbResult result = connection.Query(sql, stop);
        while (result.Next() is { } chunk)
            series.Add(chunk);
        return series;
    }

    /// <summary>
    /// For each time at which something became known, the row about the latest time that was known then. A row about
    /// an earlier time than one that is known already is news of the past and never the answer.
    /// </summary>
    private static string Frontier(string versions) =>
        $"SELECT * FROM (SELECT * FROM ({versions}) QUALIFY time >= max(time) OVER (ORDER BY available_at, time ROWS "
        + "BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)) QUALIFY row_number() OVER (PARTITION BY available_at ORDER BY "
        + "time DESC) = 1";
}
