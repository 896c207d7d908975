namespace FinML.Data;

/// <summary>
/// Walk-forward evaluation with purging and embargo: train on the past, test on the rows that follow, move on by one
/// test set. The test sets tile the series without overlap. A label of row t spans the rows t..t+h (h the label
/// horizon), so training ends h rows before the embargo and no training label span meets the test rows: M. Lopez de
/// Prado, Advances in Financial Machine Learning (2018), chapter 7.
/// </summary>
public static class WalkForwardSplit
{
    /// <summary>The folds of a series of <paramref name="length"/> rows, in time order; at least one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="ArgumentException">The series is too short for one fold with one test row.</exception>
    public static IReadOnlyList<Fold> Create(int length, WalkForwardOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        long purge = (long)options.LabelHorizon + options.Embargo;
        long firstTest = (long)options.Start + options.InitialTrain + purge;
        if (firstTest >= length)
        {
            throw new ArgumentException($"{length} rows are too few: start {options.Start} + training "
                + $"{options.InitialTrain} + label horizon {options.LabelHorizon} + embargo {options.Embargo} leave "
                + $"no test "
                + $"row; at least {firstTest + 1} rows are needed.", nameof(length));
        }

        List<Fold> folds = [];
        for (long testStart = firstTest; testStart < length; testStart += options.Test)
        {
            int trainEnd = (int)(testStart - purge);
            int trainStart = options.Anchored ? options.Start : trainEnd - options.InitialTrain;
            int testEnd = (int)Math.Min(length, testStart + options.Test);
            folds.Add(new Fold(folds.Count, new TrainingSpan(trainStart, trainEnd, length), (int)testStart, testEnd));
        }

        return folds;
    }

    /// <summary>
    /// The folds for labels of any length: <see cref="WalkForwardOptions.LabelHorizon"/> is that of the longest.
    /// </summary>
    /// <exception cref="ArgumentException">As above, or an option asks for a shorter horizon than the
    /// labels have.</exception>
    public static IReadOnlyList<Fold> Create(LabelSpans labels, WalkForwardOptions options)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(options);
        int longest = labels.Length == 0 ? 0 : Enumerable.Range(0, labels.Length).Max(t => labels.Last(t) - t);
        return options.LabelHorizon == 0 || options.LabelHorizon >= longest
            ? Create(labels.Length, options with { LabelHorizon = Math.Max(longest, options.LabelHorizon) })
            : throw new ArgumentException($"LabelHorizon is {options.LabelHorizon} where a label reads {longest} rows "
                + "after its own: it must be at least as much, or 0 for the longest.", nameof(options));
    }
}
