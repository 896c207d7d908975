using System.Globalization;

namespace FinML.Notebooks.Papers;

/// <summary>How far a value may lie from the published one and still count as the same.</summary>
/// <param name="Unit">What the size is measured in.</param>
/// <param name="Size">The largest difference in that unit, 0 or above.</param>
public sealed record ClaimTolerance(ToleranceUnit Unit, double Size)
{
    // Numbers such as .3185 and .318 differ by .0005 and a last bit.
    private const double Rounding = 1e-9;

    /// <summary>The largest difference in units of the value; null where a standard error is needed and there is
    /// none.</summary>
    /// <param name="published">The published value.</param>
    /// <param name="standardError">The standard error of the difference, or null.</param>
    public double? Allowed(double published, double? standardError) => Unit switch
    {
        ToleranceUnit.Absolute => Size,
        ToleranceUnit.Relative => Size * Math.Abs(published),
        _ => Size * standardError,
    };

    /// <summary>Whether a difference of <paramref name="difference"/> is within <paramref name="allowed"/>.</summary>
    internal static bool Holds(double difference, double allowed, double published) =>
        Math.Abs(difference) <= (allowed * (1 + Rounding)) + (Math.Abs(published) * 1e-15);

    /// <summary>"±0.0005", "±5%", "±2 s.e.".</summary>
    public override string ToString() => Unit switch
    {
        ToleranceUnit.Absolute => $"±{Number(Size)}",
        ToleranceUnit.Relative => $"±{Number(100 * Size)}%",
        _ => $"±{Number(Size)} s.e.",
    };

    // Twelve digits: 100 * 0.07 is 7 and not 7.000000000000001.
    private static string Number(double value) => value.ToString("G12", CultureInfo.InvariantCulture);
}
