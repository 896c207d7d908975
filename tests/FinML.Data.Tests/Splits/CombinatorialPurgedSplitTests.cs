namespace FinML.Data.Tests.Splits;

public sealed class CombinatorialPurgedSplitTests
{
    /// <summary>Advances in Financial Machine Learning, figures 12.1 and 12.2: 6 groups, 2 of them tested.</summary>
    [Fact]
    public void Six_groups_of_which_two_are_tested_make_15_splits_and_5_paths()
    {
        CombinatorialSplitOptions options = new() { Groups = 6, TestGroups = 2 };
        CombinatorialFolds folds = CombinatorialPurgedSplit.Create(LabelSpans.Fixed(60, 0), options);
        Assert.Equal((15L, 5L), (options.SplitCount, options.PathCount));
        Assert.Equal((15, 5), (folds.Folds.Count, folds.PathCount));
        // Figure 12.2: the splits of path 1 and path 5, from S1; ours count from 0.
        Assert.Equal([1, 1, 2, 3, 4, 5], Enumerable.Range(0, 6).Select(g => folds.FoldOf(0, g) + 1));
        Assert.Equal([5, 9, 12, 14, 15, 15], Enumerable.Range(0, 6).Select(g => folds.FoldOf(4, g) + 1));
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(6, 3)]
    [InlineData(8, 2)]
    [InlineData(7, 6)]
    public void Each_test_of_a_group_stands_on_exactly_one_path(int groups, int tested)
    {
        CombinatorialSplitOptions options = new() { Groups = groups, TestGroups = tested };
        CombinatorialFolds folds = CombinatorialPurgedSplit.Create(LabelSpans.Fixed(10 * groups, 1), options);
        HashSet<(int, int)> seen = [];
        for (int p = 0; p < folds.PathCount; p++)
        {
            for (int g = 0; g < groups; g++)
            {
                int f = folds.FoldOf(p, g);
                Assert.True(seen.Add((f, g)));
                Assert.Contains(folds.Folds[f].Test, range => range.Contains(folds.Groups[g].Start)
                    && range.Contains(folds.Groups[g].End - 1));
            }
        }

        Assert.Equal(folds.Folds.Count * tested, seen.Count);
    }

    [Fact]
    public void A_path_is_put_together_from_the_folds_that_stand_for_its_groups()
    {
        CombinatorialFolds folds = CombinatorialPurgedSplit.Create(LabelSpans.Fixed(9, 0),
            new CombinatorialSplitOptions { Groups = 4, TestGroups = 2, Start = 1 });
        double[][] results = [.. folds.Folds.Select(f => Enumerable.Repeat((double)f.Number, 9).ToArray())];
        Assert.Equal([double.NaN, 0, 0, 0, 0, 1, 1, 2, 2], folds.Path(0, results));
        Assert.Equal([double.NaN, 2, 2, 4, 4, 5, 5, 5, 5], folds.Path(2, results));
        Assert.Throws<ArgumentException>(() => folds.Path(0, results[1..]));
        Assert.Throws<ArgumentOutOfRangeException>(() => folds.Path(3, results));
        Assert.Throws<ArgumentOutOfRangeException>(() => folds.FoldOf(0, 4));
    }

    [Fact]
    public void Options_outside_their_range_are_refused_with_the_value()
    {
        LabelSpans labels = LabelSpans.Fixed(100, 1);
        foreach ((CombinatorialSplitOptions bad, string say) in new[]
        {
            (new CombinatorialSplitOptions { Groups = 1 }, "Groups must be 2 or more"),
            (new CombinatorialSplitOptions { TestGroups = 6 }, "[1, 5]"),
            (new CombinatorialSplitOptions { TestGroups = 0 }, "[1, 5]"),
            (new CombinatorialSplitOptions { Groups = 80, TestGroups = 40 }, "more than 20000 splits"),
            (new CombinatorialSplitOptions { Embargo = -1 }, "Embargo"),
        })
        {
            Assert.Contains(say, Assert.Throws<ArgumentOutOfRangeException>(
                () => CombinatorialPurgedSplit.Create(labels, bad)).Message, StringComparison.Ordinal);
        }
    }
}
