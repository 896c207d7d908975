namespace FinML.Data.Tests.Labels;

public sealed class LabelUniquenessTests
{
    /// <summary>Advances in Financial Machine Learning, section 4.5.3: labels that read the returns 1-3, 3-4 and
    /// 5-6.</summary>
    private static readonly LabelSpans s_book = LabelSpans.Create([2, -1, 3, -1, 5, -1]);

    [Fact]
    public void Concurrency_and_average_uniqueness_of_three_labels_by_hand()
    {
        Assert.Equal([1, 1, 2, 1, 1, 1], LabelUniqueness.Concurrency(s_book));
        double[] unique = LabelUniqueness.Average(s_book);
        Assert.Equal(5.0 / 6, unique[0], 1e-15); // (1 + 1 + 1/2) / 3
        Assert.Equal(3.0 / 4, unique[2], 1e-15); // (1/2 + 1) / 2
        Assert.Equal(1, unique[4], 1e-15);
        Assert.All(new[] { 1, 3, 5 }, t => Assert.True(double.IsNaN(unique[t])));
    }

    [Fact]
    public void Weights_by_return_attribution_by_hand()
    {
        // |.01 + .02 + .04/2| = .05, |.04/2 - .03| = .01, |.02 + .02| = .04: of 3 labels, mean 1.
        double[] weights = LabelUniqueness.ReturnAttribution(s_book, [0.01, 0.02, 0.04, -0.03, 0.02, 0.02]);
        Assert.Equal(1.5, weights[0], 1e-12);
        Assert.Equal(0.3, weights[2], 1e-12);
        Assert.Equal(1.2, weights[4], 1e-12);
        Assert.Throws<ArgumentException>(() => LabelUniqueness.ReturnAttribution(s_book, [1, 2]));
        Assert.Throws<ArgumentException>(() => LabelUniqueness.ReturnAttribution(s_book, new double[6]));
    }

    [Fact]
    public void A_fixed_horizon_has_uniqueness_one_over_its_rows_in_the_middle()
    {
        double[] unique = LabelUniqueness.Average(LabelSpans.Fixed(100, 4));
        Assert.All(unique[4..92], u => Assert.Equal(0.2, u, 1e-12));
        Assert.Equal((1 + 1.0 / 2 + 1.0 / 3 + 1.0 / 4 + 1.0 / 5) / 5, unique[0], 1e-12);
    }

    /// <summary>Section 4.5.3: after the second label was drawn the probabilities are 5/14, 3/14 and 6/14.</summary>
    [Fact]
    public void The_sequential_bootstrap_of_the_book_s_example()
    {
        double[] first = SequentialBootstrap.Probabilities(s_book, new int[6]);
        Assert.All(new[] { 0, 2, 4 }, t => Assert.Equal(1.0 / 3, first[t], 1e-15));
        double[] second = SequentialBootstrap.Probabilities(s_book, [0, 0, 1, 1, 0, 0]);
        Assert.Equal(5.0 / 14, second[0], 1e-15);
        Assert.Equal(3.0 / 14, second[2], 1e-15);
        Assert.Equal(6.0 / 14, second[4], 1e-15);
        Assert.Equal(0, second[1]);
    }

    [Fact]
    public void Draws_follow_the_probabilities_and_the_seed()
    {
        const int Draws = 20_000;
        int[] second = new int[6];
        for (int i = 0; i < Draws; i++)
        {
            int[] pair = SequentialBootstrap.Draw(s_book, 2, new RandomStream(5, (ulong)i));
            second[pair[1]] += pair[0] == 2 ? 1 : 0;
        }

        double total = second.Sum();
        Assert.InRange(total / Draws, 0.32, 0.347); // 1/3, 4 standard errors of .0033
        Assert.InRange(second[2] / total, 0.194, 0.235); // 3/14, 4 standard errors of .005
        Assert.InRange(second[4] / total, 0.404, 0.453); // 6/14, 4 standard errors of .006
        int[] Sample(ulong seed) => SequentialBootstrap.Draw(s_book, 50, new RandomStream(seed));
        Assert.Equal(Sample(1), Sample(1));
        Assert.NotEqual(Sample(1), Sample(2));
        Assert.Throws<ArgumentException>(() => SequentialBootstrap.Draw(LabelSpans.Create([-1, -1]), 1, new(1)));
    }

    /// <summary>
    /// Section 4.5.4, figure 4.2: 10 labels of 1 to 4 rows more in 100 rows; the median average uniqueness of a
    /// standard bootstrap is .6, of the sequential bootstrap .7, to the figure's one digit.
    /// </summary>
    [Fact]
    public void The_book_s_experiment_standard_and_sequential()
    {
        List<double> standard = [], sequential = [];
        for (int i = 0; i < 1000; i++)
        {
            RandomStream random = new(17, (ulong)i);
            int[] last = new int[105];
            Array.Fill(last, -1);
            for (int k = 0; k < 10; k++)
            {
                int t = random.NextInt(100);
                last[t] = t + 1 + random.NextInt(4);
            }

            LabelSpans labels = LabelSpans.Create(last);
            int[] rows = labels.Labelled();
            standard.Add(MeanUniqueness(labels, [.. rows.Select(_ => rows[random.NextInt(rows.Length)])]));
            sequential.Add(MeanUniqueness(labels, SequentialBootstrap.Draw(labels, rows.Length, random)));
        }

        Assert.InRange(Median(standard), 0.55, 0.65);
        Assert.InRange(Median(sequential), 0.65, 0.75);
    }

    private static double MeanUniqueness(LabelSpans labels, int[] sample)
    {
        int[] reads = new int[labels.Length];
        foreach (int i in sample)
        {
            for (int t = i; t <= labels.Last(i); t++)
            {
                reads[t]++;
            }
        }

        return sample.Average(i => Enumerable.Range(i, labels.Last(i) - i + 1).Average(t => 1.0 / reads[t]));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
