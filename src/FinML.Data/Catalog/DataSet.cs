using System.Text.Json.Serialization;

namespace FinML.Data;

/// <summary>One entry of the catalogue: what the file is, what must be true of it, and what is known to be wrong with
/// it.</summary>
public sealed record DataSet
{
    /// <summary>The name that <see cref="DataCatalog.Load"/> takes.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The file, relative to the catalogue; CSV or text, plain or gzip (.gz).</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file as it lies there, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Panel, table or text.</summary>
    public required DataKind Kind { get; init; }

    /// <summary>The data rows of the file, without the header; of a text file its lines.</summary>
    public required int Rows { get; init; }

    /// <summary>The header of a CSV file; empty for a text file.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>"fields": the columns are fields of the one <see cref="Asset"/>; "assets": they are assets with the one
    /// <see cref="Field"/>. Null where it is not a panel.</summary>
    public string? Layout { get; init; }

    /// <summary>The name of the asset in the layout "fields".</summary>
    public string? Asset { get; init; }

    /// <summary>The field of every column in the layout "assets"; in "fields" null.</summary>
    public string? Field { get; init; }

    /// <summary>
    /// How the first column tells the time: "date" (yyyy-MM-dd), "timestamp" (ISO 8601, UTC) or "ordinal" (row numbers
    /// 1, 2, ...). Row n of an undated series gets the time 1970-01-01 plus n - 1 days: an order, not a date, and
    /// calendar features mean nothing there.
    /// </summary>
    public string? Time { get; init; }

    /// <summary>The first value of the time column, as written.</summary>
    public string? Start { get; init; }

    /// <summary>The last value of the time column, as written.</summary>
    public string? End { get; init; }

    /// <summary>How long after its time a row counts as known (<see cref="Panel.AvailableAt"/>), in hours.</summary>
    public double? AvailableAfterHours { get; init; }

    /// <summary>Whether every value must be above 0: true for prices, false for returns.</summary>
    public bool? Positive { get; init; }

    /// <summary>Daily, monthly, ...: for people.</summary>
    public string Frequency { get; init; } = "";

    /// <summary>The units of the values.</summary>
    public string Units { get; init; } = "";

    /// <summary>Where it comes from.</summary>
    public required DataSource Source { get; init; }

    /// <summary>The licence, as far as it is known.</summary>
    public string Licence { get; init; } = "";

    /// <summary>What is known to be wrong with it; read it before you trust a result.</summary>
    public IReadOnlyList<string> Defects { get; init; } = [];

    /// <summary>What was changed against the source, and why.</summary>
    public IReadOnlyList<string> Repairs { get; init; } = [];

    /// <summary>Whether the time axis is an order without dates.</summary>
    [JsonIgnore]
    public bool IsOrdinal => Time == "ordinal";
}
