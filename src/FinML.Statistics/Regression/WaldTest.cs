namespace FinML.Statistics;

/// <summary>A joint test of linear restrictions: F = (R b - r)' (R V R')^-1 (R b - r) / q.</summary>
public sealed record WaldTest
{
    /// <summary>F; infinite where the fit is exact.</summary>
    public required double Statistic { get; init; }

    /// <summary>Number of restrictions q, the numerator's degrees of freedom.</summary>
    public required int Restrictions { get; init; }

    /// <summary>The denominator's degrees of freedom; int.MaxValue where the statistic times the number of restrictions
    /// is taken as chi-squared.</summary>
    public required int DegreesOfFreedom { get; init; }

    /// <summary>P(F(q, df) &gt; statistic).</summary>
    public required double PValue { get; init; }

    internal static WaldTest Of(double statistic, int restrictions, int degreesOfFreedom) => new()
    {
        Statistic = statistic,
        Restrictions = restrictions,
        DegreesOfFreedom = degreesOfFreedom,
        PValue = degreesOfFreedom == int.MaxValue
            ? Tails.ChiSquaredUpper(statistic * restrictions, restrictions)
            : Tails.FUpper(statistic, restrictions, degreesOfFreedom),
    };
}
