using MathNet.Numerics.Distributions;

namespace FinML.Statistics;

/// <summary>
/// Welch's (1947) t-test of the difference of two means whose variances may differ; what Colas, Sigaud and Oudeyer
/// (2018) advise for comparing two algorithms by their runs. Below 5 or so runs it leans on normal scores.
/// </summary>
public sealed record WelchTest
{
    /// <summary>Mean of the first less mean of the second.</summary>
    public required double Difference { get; init; }

    /// <summary>sqrt(s1^2 / n1 + s2^2 / n2).</summary>
    public required double StandardError { get; init; }

    /// <summary>Difference over standard error.</summary>
    public required double Statistic { get; init; }

    /// <summary>Welch and Satterthwaite's; need not be whole.</summary>
    public required double DegreesOfFreedom { get; init; }

    /// <summary>From Student's t distribution.</summary>
    public required double PValue { get; init; }

    /// <summary>What is believed where the test rejects.</summary>
    public required Alternative Alternative { get; init; }

    /// <summary>Lower end of the interval for the difference, of both sides whatever the alternative.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end.</summary>
    public required double Upper { get; init; }

    /// <summary>Coverage of the interval.</summary>
    public required double Level { get; init; }

    /// <summary>Runs the test.</summary>
    /// <param name="first">Two or more finite numbers.</param>
    /// <param name="second">Two or more; one of the two is not constant.</param>
    /// <param name="alternative">Greater means that the first mean is the greater one.</param>
    /// <param name="level">Coverage of the interval, between 0 and 1.</param>
    public static WelchTest Of(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        Alternative alternative = Alternative.TwoSided,
        double level = 0.95)
    {
        Guard.Series(first, 2, nameof(first));
        Guard.Series(second, 2, nameof(second));
        Guard.Between(level, 0, 1, nameof(level));
        if (Guard.IsConstant(first) && Guard.IsConstant(second))
            throw new ArgumentException(
                $"first is constant at {Guard.Text(first[0])} and second at {Guard.Text(second[0])}; one of the two " +
                "must vary.", nameof(second));
        (double difference, double error, double df) = Compare(first, second);
        double t = difference / error;
        double reach = error * StudentQuantile.Upper(df, (1 - level) / 2);
        return new WelchTest
        {
            Difference = difference,
            StandardError = error,
            Statistic = t,
            DegreesOfFreedom = df,
            PValue = PValueOf(t, df, alternative),
            Alternative = alternative,
            Lower = difference - reach,
            Upper = difference + reach,
            Level = level,
        };
    }

    /// <summary>The p-value alone, without the interval, which costs more.</summary>
    internal static double PValueOf(ReadOnlySpan<double> first, ReadOnlySpan<double> second, Alternative alternative)
    {
        (double difference, double error, double df) = Compare(first, second);
        return PValueOf(difference / error, df, alternative);
    }

    private static (double Difference, double Error, double DegreesOfFreedom) Compare(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Moments a = Moments.Of(first), b = Moments.Of(second);
        double shareA = a.Variance() / a.Count, shareB = b.Variance() / b.Count;
        return (a.Mean - b.Mean, Math.Sqrt(shareA + shareB), Satterthwaite(shareA, a.Count, shareB, b.Count));
    }

    private static double PValueOf(double t, double df, Alternative alternative) => alternative switch
    {
        Alternative.TwoSided => 2 * StudentT.CDF(0, 1, df, -Math.Abs(t)),
        Alternative.Greater => StudentT.CDF(0, 1, df, -t),
        Alternative.Less => StudentT.CDF(0, 1, df, t),
        _ => throw new ArgumentOutOfRangeException(
            nameof(alternative), $"alternative is {(int)alternative}; it must be a named one."),
    };

    /// <summary>(v1 + v2)^2 / (v1^2 / (n1 - 1) + v2^2 / (n2 - 1)), v the squared standard errors of the means.
    /// </summary>
    internal static double Satterthwaite(double first, int n1, double second, int n2) =>
        (first + second) * (first + second) / (first * first / (n1 - 1) + second * second / (n2 - 1));
}
