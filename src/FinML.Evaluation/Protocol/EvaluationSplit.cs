using FinML.Data;

namespace FinML.Evaluation;

/// <summary>How the protocol cuts a data set, by a name that goes into the ledger.</summary>
public sealed class EvaluationSplit
{
    private readonly Func<LabelSpans, int, IReadOnlyList<IFold>> _create;

    private EvaluationSplit(string name, Func<LabelSpans, int, IReadOnlyList<IFold>> create)
    {
        Name = name;
        _create = create;
    }

    /// <summary>The kind and its numbers.</summary>
    public string Name { get; }

    /// <summary>Purged k-fold: every row is tested once, training rows lie on both sides. For choosing between models;
    /// its gains are no backtest.</summary>
    public static EvaluationSplit PurgedKFold(int folds = 5, int embargo = 0) => new(
        $"purged {folds}-fold, embargo {embargo}",
        (labels, start) => Data.PurgedKFold.Create(
            labels, new PurgedKFoldOptions { Folds = folds, Embargo = embargo, Start = start }));

    /// <summary>Walk-forward: training rows lie before the test, purged by the longest label.</summary>
    public static EvaluationSplit WalkForward(int initialTrain, int test, int embargo = 0) => new(
        $"walk-forward, train {initialTrain}, test {test}, embargo {embargo}",
        (labels, start) => WalkForwardSplit.Create(labels, new WalkForwardOptions
        {
            InitialTrain = initialTrain,
            Test = test,
            Embargo = embargo,
            Start = start,
        }));

    internal IReadOnlyList<IFold> Create(LabelSpans labels, int start) => _create(labels, start);
}
