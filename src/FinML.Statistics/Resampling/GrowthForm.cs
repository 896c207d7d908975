using System.Runtime.Intrinsics;

namespace FinML.Statistics;

/// <summary>Geometric return per year, exp(periods mean(log growth)) - 1: a smooth function of one mean.</summary>
internal static class GrowthForm
{
    internal static SampleStatistic Make(ReturnKind kind, double periodsPerYear)
    {
        Guard.Positive(periodsPerYear, nameof(periodsPerYear));
        return new SmoothStatistic("annualised return", values => new SmoothForm(
            SmoothStatistic.Rows(values, value => Vector256.Create(PathStatistic.LogGrowth(value, kind), 0, 0, 0)),
            (m, _) => Math.Exp(periodsPerYear * m[0]) - 1,
            (m, _) => Vector256.Create(periodsPerYear * Math.Exp(periodsPerYear * m[0]), 0, 0, 0)));
    }
}
