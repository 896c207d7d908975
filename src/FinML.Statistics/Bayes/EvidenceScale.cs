namespace FinML.Statistics;

/// <summary>
/// Words for the size of a Bayes factor. They are conventions, not thresholds of truth; the same grades hold for
/// evidence in favour of the null (1 / BF).
/// </summary>
/// <param name="Name">Who proposed it.</param>
/// <param name="Source">Where.</param>
/// <param name="Grades">Ascending, the first from 1.</param>
public sealed record EvidenceScale(string Name, string Source, IReadOnlyList<EvidenceGrade> Grades)
{
    /// <summary>Jeffreys (1961): steps of half a power of ten.</summary>
    public static EvidenceScale Jeffreys { get; } = new(
        "Jeffreys",
        "Theory of Probability, 3rd edition (1961), appendix B",
        [
            new(1, "barely noticeable"), new(Math.Sqrt(10), "substantial"), new(10, "strong"),
            new(Math.Pow(10, 1.5), "very strong"), new(100, "decisive"),
        ]);

    /// <summary>Kass and Raftery (1995): rounder, and slower to be impressed.</summary>
    public static EvidenceScale KassRaftery { get; } = new(
        "Kass-Raftery",
        "Bayes factors, JASA 90 (1995), section 3.2",
        [new(1, "barely noticeable"), new(3, "positive"), new(20, "strong"), new(150, "very strong")]);

    /// <summary>Lee and Wagenmakers (2013), as JASP prints them.</summary>
    public static EvidenceScale LeeWagenmakers { get; } = new(
        "Lee-Wagenmakers",
        "Bayesian Cognitive Modeling (2013), table 7.1",
        [
            new(1, "anecdotal"), new(3, "moderate"), new(10, "strong"), new(30, "very strong"), new(100, "extreme"),
        ]);

    /// <summary>The grade of a Bayes factor of either sign.</summary>
    /// <param name="logBayesFactor">Natural logarithm; its sign says for which hypothesis, and is ignored here.</param>
    public EvidenceGrade Grade(double logBayesFactor)
    {
        if (double.IsNaN(logBayesFactor))
            throw new ArgumentOutOfRangeException(
                nameof(logBayesFactor), "logBayesFactor is NaN; it must be a number.");
        double size = Math.Abs(logBayesFactor);
        return Grades.Last(grade => Math.Log(grade.From) <= size);
    }
}
