using System.Runtime.CompilerServices;

namespace FinML.Data.Features;

/// <summary>What the features share: parameter checks and the one logarithmic ratio.</summary>
internal static class FeatureGuard
{
    /// <summary>ln(a / b), NaN unless both are positive: a ratio does not change with the unit of the price.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LogRatio(double a, double b) => a > 0 && b > 0 ? Math.Log(a / b) : double.NaN;

    /// <summary>The value where it is positive, NaN elsewhere.</summary>
    public static double Positive(double value) => value > 0 ? value : double.NaN;

    /// <summary>The value, or an error that says its range.</summary>
    public static int AtLeast(int value, int least, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be {least} or more.");

    /// <summary>The value, or an error unless it is positive and finite.</summary>
    public static double AboveZero(double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0.");

    /// <summary>The value, or an error unless it lies between the two, both excluded.</summary>
    public static double Between(double value, double low, double high, string name) => value > low && value < high
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be in ({low}, {high}).");

    /// <summary>Appends the field to a feature's name unless it is the usual one.</summary>
    public static string Suffix(string field, string usual = "close") => field == usual ? "" : "_" + field;
}
