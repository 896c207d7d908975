using System.Globalization;

namespace FinML.Data;

/// <summary>A value that changed although only later values had been changed.</summary>
/// <param name="Output">The name of the output.</param>
/// <param name="Row">The row of the value; at or before the cut-off.</param>
/// <param name="Time">The time of that row.</param>
/// <param name="Cutoff">The last row that was left as it is.</param>
/// <param name="Perturbation">What was done to the rows after it.</param>
/// <param name="Expected">The value on the data as they are.</param>
/// <param name="Actual">The value on the perturbed data.</param>
public sealed record CausalityViolation(string Output, int Row, DateTime Time, int Cutoff, Perturbation Perturbation,
    double Expected, double Actual)
{
    /// <summary>The violation as a sentence.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Output} at row {Row} ({Time:yyyy-MM-dd HH:mm}) saw the future: it was {Expected:R} and became {Actual:R} "
            + $"when the "
        + $"rows after {Cutoff} changed ({Perturbation}).");
}
