namespace FinML.Data.Features;

/// <summary>What the features share: parameter checks and the one logarithmic ratio.</summary>
internal static class FeatureGuard
{
    /// <summary>ln(a / b), NaN unless both are positive: a ratio does not change with the unit of the price.</summary>
    public static double LogRatio(double a, double b) => a > 0 && b > 0 ? Math.Log(a / b) : double.NaN;

    /// <summary>The value, or an error that says its range.</summary>
    public static int AtLeast(int value, int least, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be {least} or more.");

    /// <summary>The name, or an error.</summary>
    public static string Named(string field)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(field);
        return field;
    }

    /// <summary>Appends the field to a feature's name unless it is the usual one.</summary>
    public static string Suffix(string field, string usual = "close") => field == usual ? "" : "_" + field;
}
