namespace FinML.Statistics;

/// <summary>How the sample is split so that no prediction is made for a row that was learned from.</summary>
public sealed record CrossFitting
{
    /// <summary>Parts K, 2 or more; each is predicted from the others.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Random splits, 1 or more; estimates are their median, so that the result does not hang on
    /// one.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>The fold of each row, 0 to Folds - 1, instead of random ones: blocks of time, or clusters, whose rows
    /// belong together. Null for random folds.</summary>
    public IReadOnlyList<int>? FoldOfRow { get; init; }

    /// <summary>Of splits and learners. The same seed gives the same bits, whatever the number of threads.</summary>
    public ulong Seed { get; init; }

    /// <summary>Throws where an option is out of range.</summary>
    /// <exception cref="ArgumentException">Says the range and the value.</exception>
    public void Validate(int rows)
    {
        Guard.InRange(Folds, 2, rows, nameof(Folds));
        Guard.AtLeast(Repeats, 1, nameof(Repeats));
        if (FoldOfRow is not { } given)
            return;
        if (given.Count != rows)
            throw new ArgumentException(
                $"FoldOfRow has {given.Count} values for {rows} rows; there must be one for each.", nameof(FoldOfRow));
        if (Repeats > 1)
            throw new ArgumentException(
                $"Repeats is {Repeats} with given folds, which are the same every time; it must be 1.",
                nameof(Repeats));
        for (int f = 0; f < Folds; f++)
        {
            if (!given.Contains(f))
                throw new ArgumentException($"FoldOfRow has no row in fold {f} of {Folds}.", nameof(FoldOfRow));
        }

        foreach (int fold in given)
            Guard.InRange(fold, 0, Folds - 1, nameof(FoldOfRow));
    }

    internal int[] Split(int rows, int repeat) =>
        FoldOfRow is { } given ? [.. given] : FoldAssignment.Random(rows, Folds, Seed, (ulong)repeat);

    /// <summary>Predictions for every row by a learner fitted on the rows of other folds that
    /// <paramref name="use"/> admits.</summary>
    internal double[] Predict(
        ILearner learner,
        DesignMatrix features,
        double[] target,
        int[] fold,
        int repeat,
        int part,
        Func<int, bool>? use = null)
    {
        var predictions = new double[target.Length];
        for (int f = 0; f < Folds; f++)
        {
            (int[] inside, int[] outside) = FoldAssignment.Split(fold, f);
            inside = use is null ? inside : [.. inside.Where(use)];
            if (inside.Length < 2)
                throw new ArgumentException(
                    $"Without fold {f} there remain {inside.Length} rows to learn from; take fewer folds or more " +
                    $"rows.");
            ulong seed = Seed + 0x9E3779B97F4A7C15 * (ulong)(1 + f + Folds * (part + 8 * repeat));
            double[] predicted = learner
                .Fit(features.SelectRows(inside), Array.ConvertAll(inside, row => target[row]), seed)
                .Predict(features.SelectRows(outside));
            for (int i = 0; i < outside.Length; i++)
                predictions[outside[i]] = predicted[i];
        }

        return predictions;
    }
}
