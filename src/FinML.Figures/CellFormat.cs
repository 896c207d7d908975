using System.Globalization;

namespace FinML.Figures;

/// <summary>How the numbers of a column are written. A missing value (null, NaN) is written as an en dash.</summary>
public sealed record CellFormat
{
    private enum Style
    {
        Significant,
        Fixed,
        Percent,
        BasisPoints,
        PValue,
        Integer,
    }

    private CellFormat(Style kind, int digits)
    {
        Kind = kind;
        Digits = digits;
    }

    /// <summary>What is written where there is no value.</summary>
    public const string Missing = "–";

    private Style Kind { get; }

    /// <summary>Decimals, or significant digits.</summary>
    public int Digits { get; }

    /// <summary>Significant digits, 1 to 15: 0.0123, 12,300.</summary>
    public static CellFormat Significant(int digits = 3) => new(Style.Significant, Check(digits, 1));

    /// <summary>A fixed number of decimals, 0 to 15.</summary>
    public static CellFormat Fixed(int decimals = 2) => new(Style.Fixed, Check(decimals, 0));

    /// <summary>0.0123 as 1.2%.</summary>
    public static CellFormat Percent(int decimals = 1) => new(Style.Percent, Check(decimals, 0));

    /// <summary>0.0012 as 12 bp.</summary>
    public static CellFormat BasisPoints(int decimals = 0) => new(Style.BasisPoints, Check(decimals, 0));

    /// <summary>Three decimals, and &lt;0.001 below that (or as many as asked for): never a p of zero.</summary>
    public static CellFormat PValue(int decimals = 3) => new(Style.PValue, Check(decimals, 1));

    /// <summary>No decimals, thousands separated.</summary>
    public static CellFormat Integer { get; } = new(Style.Integer, 0);

    /// <summary>Writes a number, the same in every culture.</summary>
    /// <exception cref="ArgumentException">A p-value outside [0, 1].</exception>
    public string Write(double value)
    {
        if (double.IsNaN(value))
            return Missing;
        if (double.IsInfinity(value))
            return value > 0 ? "∞" : "-∞";
        return Kind switch
        {
            Style.Fixed => Number(value, Digits),
            Style.Percent => Number(value * 100, Digits) + "%",
            Style.BasisPoints => Number(value * 10_000, Digits) + " bp",
            Style.PValue => P(value),
            Style.Integer => Number(value, 0),
            _ => SignificantDigits(value),
        };
    }

    private string P(double value)
    {
        if (value is < 0 or > 1)
            throw new ArgumentException(
                $"A p-value lies in [0, 1]; got {value.ToString(CultureInfo.InvariantCulture)}.");
        double least = Math.Pow(10, -Digits);
        return value < least ? "<" + Number(least, Digits) : Number(value, Digits);
    }

    private string SignificantDigits(double value)
    {
        if (value == 0)
            return "0";
        // The exponent after rounding: 9.996 in three digits is 10.0.
        string scientific = value.ToString(
            "E" + (Digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        int exponent = int.Parse(scientific.AsSpan(scientific.IndexOf('E') + 1), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture);
        if (exponent is < -5 or > 14)
            return $"{scientific[..scientific.IndexOf('E')]}e{exponent.ToString(CultureInfo.InvariantCulture)}";
        double rounded = double.Parse(scientific, CultureInfo.InvariantCulture);
        return Number(rounded, Math.Max(Digits - 1 - exponent, 0));
    }

    private static string Number(double value, int decimals)
    {
        string text = value.ToString(
            "N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return text.StartsWith('-') && text.AsSpan(1).IndexOfAnyInRange('1', '9') < 0 ? text[1..] : text;
    }

    private static int Check(int digits, int least)
    {
        if (digits < least || digits > 15)
            throw new ArgumentOutOfRangeException(nameof(digits), $"Digits must be {least} to 15; got {digits}.");
        return digits;
    }
}
