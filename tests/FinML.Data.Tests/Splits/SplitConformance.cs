namespace FinML.Data.Tests.Splits;

/// <summary>What every split must keep, on random label spans; a new one joins with a one-line subclass.</summary>
public abstract class SplitConformance
{
    private const int Cases = 600;

    /// <summary>The folds; <paramref name="shape"/> is free for the subclass to vary its own options by.</summary>
    protected abstract IReadOnlyList<IFold> Split(LabelSpans labels, int embargo, int start, int shape);

    /// <summary>Whether the embargo lies before the test rows, and all training too: a walk-forward.</summary>
    protected virtual bool OnlyThePast => false;

    [Fact]
    public void No_training_label_span_meets_that_of_a_test_row_or_the_embargo()
    {
        int folds = 0, whole = 0;
        for (int i = 0; i < Cases; i++)
        {
            (LabelSpans labels, int embargo, int start, int shape) = Case(i);
            if (TrySplit(labels, embargo, start, shape) is not { } split)
            {
                continue;
            }

            whole++;
            foreach (IFold fold in split)
            {
                folds++;
                int[] train = [.. fold.Train.Rows()], test = [.. fold.Test.SelectMany(range => range.Rows())];
                Assert.Equal(fold.Train.Length, train.Length);
                Assert.NotEmpty(train);
                Assert.NotEmpty(test);
                Assert.All(train.Concat(test), row => Assert.InRange(row, start, labels.Length - 1));
                foreach (int a in train)
                {
                    foreach (int b in test)
                    {
                        bool before = labels.Last(a) + (OnlyThePast ? embargo : 0) < b;
                        bool after = !OnlyThePast && a > labels.Last(b) + embargo;
                        Assert.True(before || after, $"case {i}, fold {fold.Number}: training row {a} (to "
                            + $"{labels.Last(a)}) meets test row {b} (to {labels.Last(b)}), embargo {embargo}");
                    }
                }
            }
        }

        Assert.True(whole > Cases / 2, $"only {whole} of {Cases} cases could be split"); // the property was tested
        Assert.True(folds > Cases);
    }

    [Fact]
    public void Every_row_from_the_start_is_tested_or_explained()
    {
        for (int i = 0; i < 100; i++)
        {
            (LabelSpans labels, int embargo, int start, int shape) = Case(i);
            if (TrySplit(labels, embargo, start, shape) is { } split)
            {
                Assert.Equal(Enumerable.Range(0, split.Count), split.Select(fold => fold.Number));
                int[] tested = [.. split.SelectMany(fold => fold.Test.SelectMany(range => range.Rows())).Distinct()
                    .Order()];
                Assert.Equal(Enumerable.Range(tested[0], labels.Length - tested[0]), tested);
                Assert.True(OnlyThePast || tested[0] == start);
                Assert.All(split, fold => Assert.Equal(labels.Length, fold.Train.SeriesLength));
            }
        }
    }

    [Fact]
    public void Only_a_row_that_conflicts_is_purged()
    {
        for (int i = 0; i < 200 && !OnlyThePast; i++)
        {
            (LabelSpans labels, int embargo, int start, int shape) = Case(i);
            foreach (IFold fold in TrySplit(labels, embargo, start, shape) ?? [])
            {
                int[] test = [.. fold.Test.SelectMany(range => range.Rows())];
                IEnumerable<int> free = Enumerable.Range(start, labels.Length - start).Where(a => test.All(b =>
                    a < b ? labels.Last(a) < b : a > labels.Last(b) + embargo));
                Assert.Equal(free, fold.Train.Rows());
            }
        }
    }

    [Fact]
    public void Too_short_a_series_is_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => Split(LabelSpans.Fixed(1, 0), 0, 0, 0));
        Assert.ThrowsAny<ArgumentException>(() => Split(LabelSpans.Fixed(50, 0), 0, 50, 0));
        Assert.ThrowsAny<ArgumentException>(() => Split(LabelSpans.Fixed(50, 0), int.MaxValue, 0, 0));
        Assert.ThrowsAny<ArgumentException>(() => Split(LabelSpans.Fixed(50, 0), -1, 0, 0));
        Assert.Throws<ArgumentNullException>(() => Split(null!, 0, 0, 0));
    }

    private static (LabelSpans Labels, int Embargo, int Start, int Shape) Case(int number)
    {
        RandomStream random = new(11, (ulong)number);
        int length = 30 + random.NextInt(60), longest = random.NextInt(12);
        int[] last = new int[length];
        for (int t = 0; t < length; t++)
        {
            int end = t + random.NextInt(longest + 1);
            last[t] = end < length && random.NextInt(10) > 0 ? end : -1;
        }

        return (LabelSpans.Create(last), random.NextInt(8), random.NextInt(10), random.NextInt(1000));
    }

    private IReadOnlyList<IFold>? TrySplit(LabelSpans labels, int embargo, int start, int shape)
    {
        try
        {
            return Split(labels, embargo, start, shape);
        }
        catch (ArgumentException error) when (error.Message.Contains("row", StringComparison.Ordinal))
        {
            return null; // nothing would be left to learn from: a right answer, counted by the test
        }
    }
}
