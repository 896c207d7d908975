namespace FinML.Data.Tests.Windows;

public sealed class WindowDatasetTests
{
    private static readonly FeatureMatrix s_features = FeatureMatrix.Create(TestPanels.Days(8), ["a", "b"],
    [
        double.NaN, 0, 1, 10, 2, 20, 3, 30, 4, 40, 5, double.NaN, 6, 60, 7, 70,
    ]);

    private static readonly double[] s_labels = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, double.NaN];

    private readonly WindowDataset _set = new(s_features, s_labels, 2);

    [Fact]
    public void A_window_ends_at_its_row()
    {
        Tensor windows = _set.Windows([2, 4]);
        Assert.Equal([2L, 2, 2], windows.shape);
        Assert.Equal(ScalarType.Float32, windows.dtype);
        Assert.Equal([1f, 10, 2, 20, 3, 30, 4, 40], windows.data<float>().ToArray());
        Tensor labels = _set.Labels([2, 4]);
        Assert.Equal([2L], labels.shape);
        Assert.Equal([0.2f, 0.4f], labels.data<float>().ToArray());
    }

    [Fact]
    public void Rows_without_a_whole_window_or_a_label_are_left_out()
    {
        Assert.Equal([2, 3, 4, 7], Enumerable.Range(-1, 11).Where(_set.HasWindow));
        Assert.Equal([2, 3, 4], Enumerable.Range(-1, 11).Where(_set.HasSample));
        Fold fold = WalkForwardSplit.Create(8, new WalkForwardOptions { InitialTrain = 4, Test = 4 })[0];
        Assert.Equal([2, 3], _set.TrainingRows(fold.Train));
        Assert.Equal([4, 7], _set.TestRows(fold));
    }

    [Fact]
    public void What_is_wrong_is_refused()
    {
        static void Refused(string say, Func<object?> make) => Assert.Contains(say,
            Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);

        Refused("7 labels for 8 rows", () => new WindowDataset(s_features, new double[7], 2));
        Refused("[1, 8]", () => new WindowDataset(s_features, s_labels, 9));
        Refused("[1, 8]", () => new WindowDataset(s_features, s_labels, 0));
        Refused("Row 1", () => _set.Windows([2, 1]));
        Refused("Row 8", () => _set.Windows([8]));
        Refused("Row 7", () => _set.Labels([7]));
        Refused("at least one row", () => _set.Windows([]));
        Refused("at least one row", () => _set.Labels([]));
        Refused("3 values", () => { _set.CopyWindows([2], new float[3]); return null; });
        Fold other = WalkForwardSplit.Create(9, new WalkForwardOptions { InitialTrain = 4, Test = 4 })[0];
        Refused("9 rows", () => _set.TrainingRows(other.Train));
        Refused("9 rows", () => _set.TestRows(other));
    }
}
