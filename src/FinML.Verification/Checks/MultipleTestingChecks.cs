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

    private const string Qvalue = "R, qvalue 2.30: hedenfalk";
    private const string Multtest = "R, multtest 2.54: golub[1:100, ], mt.maxT";
    private static readonly int[] MaxTRows = [96, 68, 66, 23, 56, 11];
    private static readonly double[] MaxTPublished = [.0007, .0033, .0101, .0146, .0262, .0398];

    private static readonly Lazy<MaxT> Golub = new(() => MaxT.TwoSample(
        [.. Enumerable.Range(1, 100).Select(g => Samples.Column("golub.csv", $"g{g}"))],
        [.. Samples.Column("golub.csv", "class").Select(c => (int)c)], 10_000, seed: 6));

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
        .. Series("bh-all", "Benjamini-Hochberg, the 15 p-values", "R, p.adjust", 1e-9,
            () => PValueAdjustment.BenjaminiHochberg(Fifteen).Adjusted,
            0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0638571429, 0.0638571429, 0.0645,
            0.0765, 0.486, 0.5811818182, 0.714875, 0.7532307692, 0.8132142857, 1),
        .. Series("by-all", "Benjamini-Yekutieli, the first of the 15 p-values", "R, p.adjust", 1e-10,
            () => PValueAdjustment.BenjaminiYekutieli(Fifteen).Adjusted,
            0.00497734349, 0.00995468698, 0.03152317544, 0.1182119079),
        .. Series("holm-all", "Holm, the first of the 15 p-values", "R, p.adjust", 1e-12,
            () => PValueAdjustment.Holm(Fifteen).Adjusted,
            0.0015, 0.0056, 0.0247, 0.1140, 0.2211, 0.2780, 0.2780, 0.2780, 0.3213, 1),
        .. Series("five-bh", "Benjamini-Hochberg, five p-values", Pingouin, 1e-9,
            () => PValueAdjustment.BenjaminiHochberg(Five).Adjusted, 0.52, 0.175, 0.0005, 0.075, 0.175),
        .. Series("five-by", "Benjamini-Yekutieli, five p-values", Pingouin, 1e-9,
            () => PValueAdjustment.BenjaminiYekutieli(Five).Adjusted, 1, 0.399583333, 0.001141667, 0.17125,
                0.399583333),
        .. Series("five-holm", "Holm, five p-values", Pingouin, 1e-12,
            () => PValueAdjustment.Holm(Five).Adjusted, 0.52, 0.36, 0.0005, 0.12, 0.36),
        .. Series("five-sidak", "Sidak, five p-values", Pingouin, 1e-9,
            () => PValueAdjustment.Sidak(Five).Adjusted, 0.974519603, 0.472268083, 0.00049990001, 0.141265974,
                0.529572982),
        new("statistics.multiple.rejections.holm", "Holm: rejections at 5 %", Source1995, 3, 0,
            _ => PValueAdjustment.Holm(Fifteen).Rejected().Count),
        new("statistics.multiple.rejections.hochberg", "Hochberg: rejections at 5 %", Source1995, 3, 0,
            _ => PValueAdjustment.Hochberg(Fifteen).Rejected().Count),
        new("statistics.multiple.rejections.hommel", "Hommel: rejections at 5 %", Source1995, 3, 0,
            _ => PValueAdjustment.Hommel(Fifteen).Rejected().Count),
        new("statistics.multiple.rejections.by", "Benjamini-Yekutieli: rejections at 5 %", Source1995, 3, 0,
            _ => PValueAdjustment.BenjaminiYekutieli(Fifteen).Rejected().Count),
        new("statistics.multiple.storey.half", "share of true nulls of 3,170 genes, lambda .5", Qvalue,
            0.676340694006, 1e-11, _ => StoreyQValues.Of(Hedenfalk).NullShare),
        new("statistics.multiple.storey.bootstrap", "the same, lambda of least error", Qvalue,
            0.676340694006, 1e-11, _ => StoreyQValues.WithBestLambda(Hedenfalk).NullShare),
        new("statistics.multiple.storey.smoothed", "the same, smoothed (R's spline finds its degrees of freedom to "
        + "1e-4)",
            Qvalue, 0.669926026475, 1e-4, _ => StoreyQValues.Smoothed(Hedenfalk).NullShare),
        new("statistics.multiple.storey.discoveries-5", "q-values below .05, smoothed", Qvalue,
            162, 0, _ => StoreyQValues.Smoothed(Hedenfalk).QValues.Count(q => q < 0.05)),
        new("statistics.multiple.storey.discoveries-10", "q-values below .10, smoothed", Qvalue,
            319, 0, _ => StoreyQValues.Smoothed(Hedenfalk).QValues.Count(q => q < 0.1)),
        new("statistics.multiple.storey.least", "the least q-value, smoothed", Qvalue,
            0.00669926026475, 1e-6, _ => StoreyQValues.Smoothed(Hedenfalk).QValues.Min()),
        new("statistics.multiple.storey.bh", "Benjamini-Hochberg on the same: rejections at 5 %", Qvalue,
            94, 0, _ => PValueAdjustment.BenjaminiHochberg(Hedenfalk).Rejected().Count),
        .. Series("maxt.statistics", "Welch's t of three genes", Multtest, 1e-9,
            () => [Golub.Value.Statistics[95], Golub.Value.Statistics[67], Golub.Value.Statistics[65]],
            -5.873073896, 5.179460749, -4.674042095),
        .. MaxTRows.Select((row, i) => new ReferenceCheck(
            $"statistics.multiple.maxt.{row}", $"adjusted p-value of gene {row} of 100, 10,000 permutations", Multtest,
            MaxTPublished[i], 4 * Math.Sqrt(2 * MaxTPublished[i] * (1 - MaxTPublished[i]) / 10_000),
                // both are simulated
            _ => Golub.Value.Adjusted[row - 1])),
    ];

    private static double[] Hedenfalk => Samples.Column("hedenfalk.csv", "p");

    private static IEnumerable<ReferenceCheck> Series(
        string id, string description, string source, double tolerance, Func<IReadOnlyList<double>> compute,
        params double[] expected) =>
        expected.Select((value, i) => new ReferenceCheck(
            $"statistics.multiple.{id}.{i + 1}", $"{description}: number {i + 1}", source, value, tolerance,
            _ => compute()[i]));
}
