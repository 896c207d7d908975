using System.Text.Json.Serialization;

namespace FinML.Data;

/// <summary>What can be done with a data set.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DataKind>))]
public enum DataKind
{
    /// <summary>A time series: <see cref="DataCatalog.Load"/> gives a panel.</summary>
    [JsonStringEnumMemberName("panel")]
    Panel,

    /// <summary>Rows without a time axis, as CSV: <see cref="DataCatalog.ReadText"/>.</summary>
    [JsonStringEnumMemberName("table")]
    Table,

    /// <summary>A text file of a format of its own: <see cref="DataCatalog.ReadText"/>.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>A zip archive of a format of its own: a loader reads it at <see cref="DataCatalog.PathOf"/>.</summary>
    [JsonStringEnumMemberName("archive")]
    Archive,
}
