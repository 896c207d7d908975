namespace FinML.Data;

/// <summary>
/// k-fold cross-validation on time: the test sets tile the series in order, and each fold trains on what is left on
/// both sides after purging by label span and embargo. M. Lopez de Prado, Advances in Financial Machine Learning
/// (2018), section 7.4.
/// </summary>
/// <remarks>Training rows may lie after the test rows: for choosing between models, never for a backtest.</remarks>
public static class PurgedKFold
{
    /// <summary>The folds, by test set in time order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="ArgumentException">There are fewer rows than folds, or a fold has nothing left to learn
    /// from.</exception>
    public static IReadOnlyList<PurgedFold> Create(LabelSpans labels, PurgedKFoldOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Purge.RequireRows(labels, options.Start, options.Folds);
        RowRange[] groups = Purge.Groups(options.Start, labels.Length, options.Folds);
        return [.. groups.Select((test, k) => Purge.Fold(k, labels, options.Start, [test], options.Embargo))];
    }
}
