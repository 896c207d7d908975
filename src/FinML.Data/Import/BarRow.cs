namespace FinML.Data;

/// <summary>One row of an imported file: its line, its time and its values in the order of the mapped fields.</summary>
internal readonly record struct BarRow(long Row, DateTime Time, double[] Values);
