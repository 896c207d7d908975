namespace FinML.Data;

/// <summary>How a table lies in a CSV file.</summary>
public enum CsvLayout
{
    /// <summary>Found out from the header.</summary>
    Auto,

    /// <summary>A row a time, and the fields of one asset by their usual names: Date, Open, High, Low, Close, Adj
    /// Close, Volume.</summary>
    Bars,

    /// <summary>A row a time and a column an asset, all of the same field.</summary>
    Wide,

    /// <summary>A row an asset and a time (tidy): Date, Symbol and a column a field; or Date, Symbol, Field, Value.
    /// </summary>
    Long,
}
