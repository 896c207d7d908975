using System.Globalization;

namespace FinML.Benchmarks;

/// <summary>Numbers as the tables show them.</summary>
internal static class Format
{
    /// <summary>Three digits that count, without an exponent.</summary>
    internal static string Number(double x)
    {
        int decimals = x == 0 ? 0 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(x))), 0, 6);
        return Math.Round(x, decimals).ToString("#,0.######", CultureInfo.InvariantCulture);
    }

    /// <summary>Seconds in the unit that suits them.</summary>
    internal static string Seconds(double s) => s switch
    {
        < 1e-6 => $"{Number(s * 1e9)} ns",
        < 1e-3 => $"{Number(s * 1e6)} us",
        < 1 => $"{Number(s * 1e3)} ms",
        _ => $"{Number(s)} s",
    };
}
