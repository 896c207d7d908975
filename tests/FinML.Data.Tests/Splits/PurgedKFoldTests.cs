namespace FinML.Data.Tests.Splits;

public sealed class PurgedKFoldTests
{
    /// <summary>12 rows, labels of 2 rows more, 3 folds, embargo 1: counted by hand.</summary>
    [Fact]
    public void The_folds_of_a_small_series()
    {
        IReadOnlyList<PurgedFold> folds = PurgedKFold.Create(LabelSpans.Fixed(12, 2),
            new PurgedKFoldOptions { Folds = 3, Embargo = 1 });
        Assert.Equal(["[7, 12)", "[0, 2) [11, 12)", "[0, 6)"], folds.Select(fold => fold.Train.ToString()));
        Assert.Equal([new RowRange(0, 4), new RowRange(4, 8), new RowRange(8, 12)],
            folds.SelectMany(fold => fold.Test));
        Assert.Equal(3, folds[1].Train.Length);
        Assert.True(folds[1].Train.Contains(11));
        Assert.False(folds[1].Train.Contains(10)); // the embargo: the last test label reads row 9
    }

    [Fact]
    public void A_scaler_and_a_data_set_take_the_rows_around_a_test_and_no_other()
    {
        PurgedFold fold = PurgedKFold.Create(LabelSpans.Fixed(12, 2), new PurgedKFoldOptions { Folds = 3 })[1];
        Assert.Equal("[0, 2) [10, 12)", fold.Train.ToString());
        double[] values = [1, 2, 1e9, 1e9, 1e9, 1e9, 1e9, 1e9, 1e9, 1e9, 3, 4];
        FeatureMatrix features = FeatureMatrix.Create(TestPanels.Days(12), ["a"], values);
        Assert.Equal([2.5], StandardScaler.Fit(fold.Train, features).Center);
        WindowDataset set = new(features, [.. values.Select((_, t) => t < 10 ? 0.5 : double.NaN)], 1);
        Assert.Equal([0, 1], set.TrainingRows(fold.Train));
        Assert.Equal([4, 5, 6, 7], set.TestRows(fold));
    }

    [Fact]
    public void Options_and_series_outside_their_range_are_refused_with_the_value()
    {
        LabelSpans labels = LabelSpans.Fixed(20, 1);
        foreach ((PurgedKFoldOptions bad, string say) in new[]
        {
            (new PurgedKFoldOptions { Folds = 1 }, "Folds must be 2 or more"),
            (new PurgedKFoldOptions { Embargo = -3 }, "-3"), (new PurgedKFoldOptions { Start = -1 }, "Start"),
        })
        {
            Assert.Contains(say, Assert.Throws<ArgumentOutOfRangeException>(
                () => PurgedKFold.Create(labels, bad)).Message, StringComparison.Ordinal);
        }

        Assert.Contains("at least 26", Assert.Throws<ArgumentException>(
            () => PurgedKFold.Create(labels, new PurgedKFoldOptions { Start = 21 })).Message, StringComparison.Ordinal);
        Assert.Contains("no training row", Assert.Throws<ArgumentException>(
            () => PurgedKFold.Create(LabelSpans.Fixed(20, 19), new PurgedKFoldOptions { Embargo = 19 })).Message,
            StringComparison.Ordinal);
        Assert.Contains("[4, 5)", Assert.Throws<ArgumentException>(
            () => LabelSpans.Create([0, 1, 2, 3, 3])).Message, StringComparison.Ordinal);
    }
}
