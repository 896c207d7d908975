using FinML.Data;
using Fold = FinML.Data.Fold; // TorchSharp has a layer of that name

namespace FinML.Evaluation.Tests.Reports;

public sealed class ForecastQualityTests
{
    private static readonly IReadOnlyList<Fold> Folds = WalkForwardSplit.Create(
        300, new WalkForwardOptions { InitialTrain = 100, Test = 100 });

    [Fact]
    public void A_forecast_that_is_the_label_has_rank_correlation_one_and_no_error()
    {
        double[] labels = Labels();

        var quality = ForecastQuality.ByFold(labels, labels, Folds);

        Assert.Equal(2, quality.Folds.Count);
        Assert.All(quality.Folds, fold => Assert.Equal(1, fold.Rank.Value, 12));
        Assert.Equal(0, quality.All.MeanSquaredError);
        Assert.Equal(200, quality.All.Rank.Count);
    }

    [Fact]
    public void Only_every_kth_row_with_both_values_counts()
    {
        double[] labels = Labels(), forecasts = Labels();
        forecasts[100] = double.NaN;
        labels[110] = double.NaN;

        var quality = ForecastQuality.ByFold(forecasts, labels, Folds, every: 5);

        Assert.Equal(18, quality.Folds[0].Rank.Count);
        Assert.Equal(20, quality.Folds[1].Rank.Count);
    }

    [Fact]
    public void Lengths_that_differ_are_refused() => Assert.Contains("300 labels", Assert.Throws<ArgumentException>(
        () => ForecastQuality.ByFold(new double[299], Labels(), Folds)).Message);

    private static double[] Labels()
    {
        var random = new RandomStream(5);
        return Enumerable.Range(0, 300).Select(_ => random.NextNormal()).ToArray();
    }
}
