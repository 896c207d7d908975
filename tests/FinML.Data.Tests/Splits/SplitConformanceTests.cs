namespace FinML.Data.Tests.Splits;

public sealed class WalkForwardConformance : SplitConformance
{
    protected override bool OnlyThePast => true;

    protected override IReadOnlyList<IFold> Split(LabelSpans labels, int embargo, int start, int shape) =>
        WalkForwardSplit.Create(labels, new WalkForwardOptions
        {
            InitialTrain = 3 + shape % 10,
            Test = 2 + shape / 10 % 10,
            Embargo = embargo,
            Start = start,
            Anchored = shape % 2 == 0,
        });
}

public sealed class PurgedKFoldConformance : SplitConformance
{
    protected override IReadOnlyList<IFold> Split(LabelSpans labels, int embargo, int start, int shape) =>
        PurgedKFold.Create(labels, new PurgedKFoldOptions { Folds = 2 + shape % 5, Embargo = embargo, Start = start });
}

public sealed class CombinatorialPurgedConformance : SplitConformance
{
    protected override IReadOnlyList<IFold> Split(LabelSpans labels, int embargo, int start, int shape) =>
        CombinatorialPurgedSplit.Create(labels, new CombinatorialSplitOptions
        {
            Groups = 3 + shape % 4,
            TestGroups = 1 + shape % 2,
            Embargo = embargo,
            Start = start,
        }).Folds;
}
