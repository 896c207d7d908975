using System.Globalization;

namespace FinML.Figures.Tables;

/// <summary>Estimates to the second significant digit of their standard error (the rule of the Particle Data Group,
/// with two digits throughout).</summary>
internal static class MeasurementText
{
    public const string Legend = "† p < 0.05, ‡ p < 0.01";

    public static string Write(Measurement measurement)
    {
        if (double.IsNaN(measurement.Value))
            return CellFormat.Missing;
        (double value, double error) = (measurement.Value, measurement.StandardError);
        // The exponent after rounding: 0.0996 is 0.10.
        string scientific = error.ToString("E1", CultureInfo.InvariantCulture);
        int exponent = int.Parse(scientific.AsSpan(scientific.IndexOf('E') + 1), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture);
        if (exponent < -12 || Math.Abs(value) >= 1e15 || exponent > 14)
            return $"{CellFormat.Significant(6).Write(value)} ({CellFormat.Significant(2).Write(error)})"
                + Mark(measurement);
        // Errors of 100 and above round before the decimal point.
        double unit = exponent > 1 ? Math.Pow(10, exponent - 1) : 1;
        CellFormat format = CellFormat.Fixed(Math.Max(1 - exponent, 0));
        return $"{Rounded(value)} ({Rounded(error)}){Mark(measurement)}";

        string Rounded(double number) => format.Write(unit > 1 ? Math.Round(number / unit) * unit : number);
    }

    /// <summary>The mark of significance, or nothing.</summary>
    public static string Mark(Measurement measurement) => measurement.PValue switch
    {
        < 0.01 => "‡",
        < 0.05 => "†",
        _ => "",
    };

    public static void Check(Measurement measurement, string column)
    {
        if (double.IsNaN(measurement.Value))
            return;
        if (!double.IsFinite(measurement.Value) || !(measurement.StandardError > 0)
            || double.IsInfinity(measurement.StandardError))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"A measurement in column '{column}' needs a finite value and a standard error above 0; got "
                + $"{measurement.Value} and {measurement.StandardError}."));
        if (measurement.PValue is < 0 or > 1 or double.NaN)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"A p-value lies in [0, 1]; got {measurement.PValue} in column '{column}'."));
    }
}
