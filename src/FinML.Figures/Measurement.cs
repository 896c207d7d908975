namespace FinML.Figures;

/// <summary>
/// An estimate with its standard error, for a table cell: 0.421 (0.032). Both are written to the second significant
/// digit of the standard error, whatever the column's decimals. With a p-value the cell is marked † below 0.05 and ‡
/// below 0.01, and the table says so.
/// </summary>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">Its standard error, above 0.</param>
/// <param name="PValue">p-value of the hypothesis that the reader cares about, in [0, 1], or null for no mark.</param>
public readonly record struct Measurement(double Value, double StandardError, double? PValue = null);
