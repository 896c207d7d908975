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

    /// <summary>The file, relative to the catalogue; CSV or text, plain or gzip (.gz), or a zip archive.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file as it lies there, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Panel, table, text or archive.</summary>
    public required DataKind Kind { get; init; }

    /// <summary>The data rows of the file, without the header; of a text file or an archive its lines.</summary>
    public required int Rows { get; init; }

    /// <summary>The columns of a CSV file; empty for a text file or an archive.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>What the first line of the file has to do with <see cref="Columns"/>: null, they are its header;
    /// "replaced", they stand for the header that is there; "none", there is no header.</summary>
    public string? Header { get; init; }

    /// <summary>"fields": the columns are fields of the one <see cref="Asset"/>; "assets": they are assets with the one
    /// <see cref="Field"/>. Null where it is not a panel.</summary>
    public string? Layout { get; init; }

    /// <summary>The name of the asset in the layout "fields".</summary>
    public string? Asset { get; init; }

    /// <summary>The field of every column in the layout "assets"; in "fields" null.</summary>
    public string? Field { get; init; }

    /// <summary>
    /// How the first column tells the time: "date" (yyyy-MM-dd), "compact-date" (yyyyMMdd), "month" (yyyy-MM, its first
    /// day), "timestamp" (ISO 8601, UTC) or "ordinal" (row numbers 1, 2, ...); or "none", where every column is a
    /// series. Row n of an undated series gets the time 1970-01-01 plus n - 1 days: an order, not a date, and calendar
    /// features mean nothing there.
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

    /// <summary>How many bars have a high and a low that do not enclose the open and the close: a defect of the source
    /// that is known and counted; null where there is none.</summary>
    public int? BrokenBars { get; init; }

    /// <summary>Daily, monthly, ...: for people.</summary>
    public string Frequency { get; init; } = "";

    /// <summary>The units of the values.</summary>
    public string Units { get; init; } = "";

    /// <summary>Whether it may not be shipped: it lies here only after <c>finml data fetch</c>, or in the mirror
    /// folder.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Fetchable { get; init; }

    /// <summary>SHA-256 of the file's decompressed content, where the file may be compressed in another way than the
    /// one of <see cref="Sha256"/>: either hash makes it the right file.</summary>
    public string? ContentSha256 { get; init; }

    /// <summary>The bytes of the decompressed content: the most that is read of an unknown file.</summary>
    public long? ContentBytes { get; init; }

    /// <summary>Where it comes from.</summary>
    public required DataSource Source { get; init; }

    /// <summary>The licence, as far as it is known.</summary>
    public string Licence { get; init; } = "";

    /// <summary>What is known to be wrong with it; read it before you trust a result.</summary>
    public IReadOnlyList<string> Defects { get; init; } = [];

    /// <summary>What was changed against the source, and why.</summary>
    public IReadOnlyList<string> Repairs { get; init; } = [];

    /// <summary>How many columns are series: all but the time.</summary>
    [JsonIgnore]
    public int SeriesCount => Columns.Count - (Time == "none" ? 0 : 1);

    /// <summary>Whether the time axis is an order without dates.</summary>
    [JsonIgnore]
    public bool IsOrdinal => Time is "ordinal" or "none";

    /// <summary>Where the file is downloaded from: the very version of the repository whose content has
    /// <see cref="ContentSha256"/>. Null where no address serves it in a form that is read here.</summary>
    [JsonIgnore]
    public Uri? Address => Fetchable && Source.Registry == "GitHub" && !Source.Object.EndsWith(".bz2",
        StringComparison.Ordinal)
        ? new Uri($"https://raw.githubusercontent.com/{Source.Package}/{Source.Version}/{Source.Object}")
        : null;
}
