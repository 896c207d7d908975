using FinML.Data.Features;

namespace FinML.Data.Tests.Features;

/// <summary>Comparisons of the assets of a row.</summary>
public sealed class CrossSectionTests
{
    [Fact]
    public void Ranks_spread_over_the_interval_and_ties_share()
    {
        Assert.Equal([0, -1, 1], Row(new CrossSectionalRank(new LogReturn(1)), 1.1, 1.0, 1.2));
        double third = 1.0 / 3; // ranks 1, 2 and 3 of 0 .. 3 share 2, which is 1/3 on [-1, 1]
        Assert.Equal([third, -1, third, third],
            Row(new CrossSectionalRank(new LogReturn(1)), 1.1, 1.0, 1.1, 1.1).Select(v => Math.Round(v, 15)),
            (a, b) => Math.Abs(a - b) < 1e-14);
        Assert.Equal([-1, double.NaN, 1], Row(new CrossSectionalRank(new LogReturn(1)), 1.0, double.NaN, 1.2));
        Assert.Equal([double.NaN, 0], Row(new CrossSectionalRank(new LogReturn(1)), double.NaN, 1.2));
    }

    [Fact]
    public void Scores_have_mean_zero_and_deviation_one()
    {
        double[] scores = Row(new CrossSectionalZScore(new LogReturn(1)), 1.0, 1.1, 1.3, double.NaN, 0.9);
        double[] known = [.. scores.Where(double.IsFinite)];
        Assert.Equal(4, known.Length);
        Assert.Equal(0, known.Sum(), 1e-14);
        Assert.Equal(3, known.Sum(v => v * v), 1e-13);
        Assert.Equal([0, 0], Row(new CrossSectionalZScore(new LogReturn(1)), 1.1, 1.1));
        Assert.Equal([0], Row(new CrossSectionalZScore(new LogReturn(1)), 1.1));
    }

    [Fact]
    public void Many_assets_are_ranked_as_a_sort_ranks_them()
    {
        RandomStream random = new(2);
        double[] growth = [.. Enumerable.Range(0, 500).Select(_ => Math.Exp(random.NextNormal()))];
        double[] ranks = Row(new CrossSectionalRank(new LogReturn(1)), growth);
        double[] sorted = [.. growth.Order()];
        for (int a = 0; a < growth.Length; a++)
        {
            Assert.Equal(2.0 * Array.IndexOf(sorted, growth[a]) / 499 - 1, ranks[a], 1e-14);
        }
    }

    [Fact]
    public void A_set_mixes_them_with_others()
    {
        Panel panel = FeaturePanels.OfThree(150);
        FeatureSet set = new(new LogReturn(1), new CrossSectionalRank(new Momentum(63)), new Momentum(63));
        Panel features = set.Compute(panel);
        Assert.Equal(["log_return_1", "rank_momentum_63", "momentum_63"], features.Fields);
        Assert.Equal(63, set.WarmUp);
        for (int t = 63; t < 150; t++)
        {
            int best = Enumerable.Range(0, 3).MaxBy(a => features[t, a, 2]);
            Assert.Equal(1, features[t, best, 1]);
            Assert.Equal(0, Enumerable.Range(0, 3).Sum(a => features[t, a, 1]));
        }

        Assert.Equal(panel.AvailableAt, features.AvailableAt);
        Assert.Contains("no field 'vwap'", Assert.Throws<ArgumentException>(
            () => new FeatureSet(new CrossSectionalRank(new LogReturn(1, "vwap"))).Compute(panel)).Message,
            StringComparison.Ordinal);
        Assert.Contains("threads", Assert.Throws<ArgumentOutOfRangeException>(
            () => set.Compute(panel, threads: 0)).Message, StringComparison.Ordinal);
    }

    /// <summary>The feature of assets that grew by these factors in the last row.</summary>
    private static double[] Row(IFeature feature, params double[] growth)
    {
        Panel panel = Panel.Create(TestPanels.Days(2), [.. growth.Select((_, a) => $"A{a}")], ["close"],
            [.. growth.Select(g => new[] { 100, 100 * g })]);
        Panel result = new FeatureSet(feature).Compute(panel);
        return [.. growth.Select((_, a) => result[1, a, 0])];
    }
}
