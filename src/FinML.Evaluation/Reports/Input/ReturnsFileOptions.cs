using FinML.Data;
using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>How to read a file of returns; what is null is found out from the file, and said.</summary>
public sealed record ReturnsFileOptions
{
    /// <summary>What the numbers are.</summary>
    public ReturnUnit Unit { get; init; }

    /// <summary>Whether numbers that look like prices are read as such, where <see cref="Unit"/> is Auto; they are
    /// refused otherwise.</summary>
    public bool MayBePrices { get; init; }

    /// <summary>Simple returns, or logarithmic ones that are turned into simple ones.</summary>
    public ReturnKind Kind { get; init; }

    /// <summary>Periods in a year, above 0.</summary>
    public double? PeriodsPerYear { get; init; }

    /// <summary>Separator, decimal mark and order of dates.</summary>
    public CsvOptions Csv { get; init; } = new();
}
