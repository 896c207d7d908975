using System.Globalization;

namespace FinML.Statistics;

/// <summary>A number of the data that speaks for or against an assumption of a causal result.</summary>
/// <param name="Name">What was computed, in the field's words: "first-stage F", "Hansen J".</param>
/// <param name="Value">The number: a statistic, a share, a largest weight. Never NaN; infinite where it is.</param>
/// <param name="Bearing">Whether it supports the assumption, by the rule that <paramref name="Reading"/> names.</param>
/// <param name="Reading">One sentence: what the number means here and by which rule it was judged.</param>
public sealed record Diagnostic(string Name, double Value, Bearing Bearing, string Reading)
{
    /// <summary>The p-value where the diagnostic is a test; null where it is a description.</summary>
    public double? PValue { get; init; }

    /// <summary>A test of the assumption itself: it contradicts where p &lt;= <paramref name="level"/>.</summary>
    /// <param name="name">The test.</param>
    /// <param name="statistic">Its statistic.</param>
    /// <param name="pValue">Its p-value under the assumption.</param>
    /// <param name="null">The null hypothesis, as the end of the sentence "rejects that ...".</param>
    /// <param name="level">Level of the test.</param>
    public static Diagnostic Test(string name, double statistic, double pValue, string @null, double level = 0.05) =>
        pValue <= level
            ? Make(name, statistic, pValue, Bearing.Contradicts, $"rejects that {@null}.")
            : Make(name, statistic, pValue, Bearing.Supports,
                $"does not reject that {@null}, which is no proof of it.");

    /// <summary>A test whose null is that the assumption fails: it supports where p &lt;= <paramref name="level"/>.
    /// </summary>
    /// <param name="name">The test.</param>
    /// <param name="statistic">Its statistic.</param>
    /// <param name="pValue">Its p-value where the assumption fails.</param>
    /// <param name="null">The null hypothesis, as the end of the sentence "rejects that ...".</param>
    /// <param name="level">Level of the test.</param>
    public static Diagnostic TestOfFailure(
        string name, double statistic, double pValue, string @null, double level = 0.05) =>
        pValue <= level
            ? Make(name, statistic, pValue, Bearing.Supports, $"rejects that {@null}.")
            : Make(name, statistic, pValue, Bearing.Contradicts, $"does not reject that {@null}.");

    private static Diagnostic Make(string name, double statistic, double pValue, Bearing bearing, string verdict) =>
        new(name, statistic, bearing, string.Create(CultureInfo.InvariantCulture, $"p = {pValue:g3} {verdict}"))
        {
            PValue = pValue,
        };
}
