namespace FinML.Statistics;

/// <summary>A test of something that a model assumes, referred to F or to chi-squared.</summary>
public sealed record SpecificationTest
{
    /// <summary>The test, in the field's words.</summary>
    public required string Name { get; init; }

    /// <summary>What is true where the test should not reject, as the end of "rejects that ...".</summary>
    public required string Null { get; init; }

    /// <summary>Of the data.</summary>
    public required double Statistic { get; init; }

    /// <summary>Of the chi-squared distribution, or of the numerator of F.</summary>
    public required int DegreesOfFreedom { get; init; }

    /// <summary>Of the denominator of F; null where the distribution is chi-squared.</summary>
    public required int? Denominator { get; init; }

    /// <summary>P(a larger statistic | the null).</summary>
    public required double PValue { get; init; }

    internal static SpecificationTest ChiSquared(string name, string @null, double statistic, int degreesOfFreedom) =>
        new()
        {
            Name = name,
            Null = @null,
            Statistic = statistic,
            DegreesOfFreedom = degreesOfFreedom,
            Denominator = null,
            PValue = Tails.ChiSquaredUpper(statistic, degreesOfFreedom),
        };

    internal static SpecificationTest F(string name, string @null, double statistic, int numerator, int denominator) =>
        new()
        {
            Name = name,
            Null = @null,
            Statistic = statistic,
            DegreesOfFreedom = numerator,
            Denominator = denominator,
            PValue = Tails.FUpper(Math.Max(statistic, 0), numerator, denominator),
        };

    /// <summary>As a diagnostic of an assumption that the null states.</summary>
    internal Diagnostic OfAssumption() => Diagnostic.Test(Name, Statistic, PValue, Null);

    /// <summary>As a diagnostic of an assumption that the null denies.</summary>
    internal Diagnostic OfFailure() => Diagnostic.TestOfFailure(Name, Statistic, PValue, Null);
}
