using FinML.Data;

namespace FinML.Verification;

/// <summary>Labels and splits, held to the examples of Lopez de Prado's book.</summary>
internal static class LabelChecks
{
    private const string Example = "Lopez de Prado 2018, section 4.5.3: labels on the returns 1-3, 3-4 and 5-6";
    private const string Figure = "Lopez de Prado 2018, figures 12.1 and 12.2: 6 groups, 2 of them tested";

    private static readonly LabelSpans Spans = LabelSpans.Create([2, -1, 3, -1, 5, -1]);

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("data.labels.uniqueness", "average uniqueness of the first label", Example,
            5.0 / 6, 1e-15, _ => LabelUniqueness.Average(Spans)[0]),
        new("data.labels.sequential-1", "probability of the first label after the second was drawn", Example,
            5.0 / 14, 1e-15, _ => SequentialBootstrap.Probabilities(Spans, [0, 0, 1, 1, 0, 0])[0]),
        new("data.labels.sequential-2", "probability of the second label after the second was drawn", Example,
            3.0 / 14, 1e-15, _ => SequentialBootstrap.Probabilities(Spans, [0, 0, 1, 1, 0, 0])[2]),
        new("data.splits.combinations", "splits of a combinatorial purged cross-validation", Figure,
            15, 0, _ => Folds().Folds.Count),
        new("data.splits.paths", "backtest paths of a combinatorial purged cross-validation", Figure,
            5, 0, _ => Folds().PathCount),
    ];

    private static CombinatorialFolds Folds() => CombinatorialPurgedSplit.Create(
        LabelSpans.Fixed(60, 1), new CombinatorialSplitOptions { Groups = 6, TestGroups = 2 });
}
