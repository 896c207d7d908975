using FinML.Data;
using FinML.Figures;
using FinML.Statistics;
using Fold = FinML.Data.Fold; // TorchSharp has a layer of that name

namespace FinML.Evaluation;

/// <summary>How good the out-of-sample forecasts of a walk-forward were, fold by fold and over all folds.</summary>
/// <param name="Folds">One for each fold, in order.</param>
/// <param name="All">Over all test rows.</param>
public sealed record ForecastQuality(IReadOnlyList<FoldQuality> Folds, FoldQuality All)
{
    /// <summary>Compares forecasts and labels on every k-th test row that has both.</summary>
    /// <param name="forecasts">One a row; NaN where there is none.</param>
    /// <param name="labels">One a row; NaN where it is not known.</param>
    /// <param name="folds">The walk.</param>
    /// <param name="every">k: the label's horizon, so that no two labels overlap. At least 1.</param>
    public static ForecastQuality ByFold(double[] forecasts, double[] labels, IReadOnlyList<Fold> folds, int every = 1)
    {
        ArgumentNullException.ThrowIfNull(forecasts);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        if (forecasts.Length != labels.Length)
            throw new ArgumentException(
                $"{forecasts.Length} forecasts stand against {labels.Length} labels; there must be one for each row.",
                nameof(labels));

        int[][] rows = folds
            .Select(fold => Enumerable.Range(fold.TestStart, fold.TestEnd - fold.TestStart)
                .Where(t => (t - fold.TestStart) % every == 0)
                .Where(t => double.IsFinite(forecasts[t]) && double.IsFinite(labels[t]))
                .ToArray())
            .ToArray();
        return new ForecastQuality(
            folds.Select((fold, i) => Of($"fold {fold.Number}", rows[i])).ToList(),
            Of("all", rows.SelectMany(r => r).ToArray()));

        FoldQuality Of(string name, int[] selected)
        {
            double[] said = selected.Select(t => forecasts[t]).ToArray();
            double[] came = selected.Select(t => labels[t]).ToArray();
            return new FoldQuality(
                name,
                InformationCoefficient.Of(said, came),
                MeanSquare(said, came),
                MeanSquare(new double[came.Length], came));
        }
    }

    /// <summary>Rank correlation, and error beside that of the forecast "no change".</summary>
    public Table ToTable(string? title = null)
    {
        var table = Table.Create(title)
            .Column("fold").Column("pairs", CellFormat.Integer)
            .Column("rank correlation [95%]", CellFormat.Fixed(3)).Column("p", CellFormat.PValue())
            .Column("mean squared error", CellFormat.Fixed(3)).Column("of the forecast 0", CellFormat.Fixed(3));
        foreach (var fold in Folds.Append(All))
        {
            double reach = 1.96 * fold.Rank.StandardError;
            table = table.Row(
                fold.Name,
                fold.Rank.Count,
                new Estimate(fold.Rank.Value, fold.Rank.Value - reach, fold.Rank.Value + reach),
                fold.Rank.PValue,
                fold.MeanSquaredError,
                fold.ErrorOfZero);
        }

        return table.Footnote(
            "Rank correlation of forecast and label on days whose labels do not overlap; its standard error is "
            + "1/sqrt(pairs - 1).");
    }

    private static double MeanSquare(double[] forecasts, double[] outcomes)
    {
        double sum = 0;
        for (int i = 0; i < forecasts.Length; i++)
            sum += (forecasts[i] - outcomes[i]) * (forecasts[i] - outcomes[i]);
        return sum / forecasts.Length;
    }
}
