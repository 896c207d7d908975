namespace FinML.Data;

/// <summary>Columns of numbers over time, as a file had them.</summary>
/// <param name="Names">Of the columns.</param>
/// <param name="Times">Of the rows, increasing, UTC.</param>
/// <param name="Lines">The line of the file that each row stands in; the header is line 1.</param>
/// <param name="Columns">(columns) of (rows); NaN where there is no value.</param>
public sealed record SeriesTable(
    IReadOnlyList<string> Names,
    IReadOnlyList<DateTime> Times,
    IReadOnlyList<long> Lines,
    IReadOnlyList<double[]> Columns);
