using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Corrections for many tests, held to published numbers and to R.</summary>
internal static class MultipleTestingChecks
{
    private const string Source1995 = "Benjamini, Hochberg 1995, the 15 p-values of their example";
    private const string Pingouin = "pingouin, tests/test_multicomp.py";

    private static readonly double[] Fifteen =
        [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1];

    private static readonly double[] Five = [.52, .12, .0001, .03, .14];

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("statistics.multiple.bonferroni", "Bonferroni: rejections at 5 %", Source1995, 3, 0,
            _ => PValueAdjustment.Bonferroni(Fifteen).Rejected().Count),
        new("statistics.multiple.bh", "Benjamini-Hochberg: rejections at 5 %", Source1995, 4, 0,
            _ => PValueAdjustment.BenjaminiHochberg(Fifteen).Rejected().Count),
        new("statistics.multiple.bh-sixth", "Benjamini-Hochberg: the sixth adjusted p-value", "R, p.adjust",
            0.0638571429, 1e-10, _ => PValueAdjustment.BenjaminiHochberg(Fifteen).Adjusted[5]),
        new("statistics.multiple.by", "Benjamini-Yekutieli: the fourth adjusted p-value", "R, p.adjust",
            0.1182119079, 1e-10, _ => PValueAdjustment.BenjaminiYekutieli(Fifteen).Adjusted[3]),
        new("statistics.multiple.holm", "Holm: the ninth adjusted p-value", "R, p.adjust",
            0.3213, 1e-12, _ => PValueAdjustment.Holm(Fifteen).Adjusted[8]),
        new("statistics.multiple.hommel", "Hommel: the fifth adjusted p-value", "R, p.adjust",
            0.1608, 1e-12, _ => PValueAdjustment.Hommel(Fifteen).Adjusted[4]),
        new("statistics.multiple.sidak", "Sidak: the second of five adjusted p-values", Pingouin,
            0.472268083, 1e-9, _ => PValueAdjustment.Sidak(Five).Adjusted[1]),
    ];
}
