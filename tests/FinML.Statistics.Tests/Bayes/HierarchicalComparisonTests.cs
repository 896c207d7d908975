
namespace FinML.Statistics.Tests;

public sealed class HierarchicalComparisonTests
{
    private static readonly HierarchicalComparisonOptions Quick = new()
    {
        Sampling = new NutsOptions { Seed = 4, Warmup = 500, Draws = 500, TargetAcceptance = 0.9 },
    };

    [Fact]
    public void A_model_better_everywhere_is_better_on_the_next_data_set()
    {
        (double[][] first, double[][] second) = Scores(difference: 3);

        HierarchicalComparison comparison = HierarchicalComparison.Of(first, second, rope: 1, Quick);

        Assert.True(comparison.Likeliest.SecondBetter > 0.99);
        Assert.True(comparison.NextDataSet.SecondBetter > 0.8);
        Assert.All(comparison.DataSets, d => Assert.True(d.Lower < d.Mean && d.Mean < d.Upper));
        Assert.InRange(comparison.DataSets.Average(d => d.Mean), 2.5, 3.5);
    }

    [Fact]
    public void Exchanging_the_models_exchanges_the_probabilities()
    {
        (double[][] first, double[][] second) = Scores(difference: 0.7);

        HierarchicalComparison forth = HierarchicalComparison.Of(first, second, 0.5, Quick);
        HierarchicalComparison back = HierarchicalComparison.Of(second, first, 0.5, Quick);

        Assert.Equal(forth.Likeliest.SecondBetter, back.Likeliest.FirstBetter, 0.08);
        Assert.Equal(1, forth.Likeliest.FirstBetter + forth.Likeliest.Equivalent + forth.Likeliest.SecondBetter, 1e-12);
    }

    [Fact]
    public void Models_that_differ_by_less_than_the_rope_are_equivalent()
    {
        (double[][] first, double[][] second) = Scores(difference: 0.02);

        Assert.True(HierarchicalComparison.Of(first, second, 3, Quick).Likeliest.Equivalent > 0.95);
    }

    [Fact]
    public void The_density_has_the_gradient_it_says()
    {
        (double[][] first, double[][] second) = Scores(difference: 0.7);
        BayesianModel model = HierarchicalComparison.Of(
            first, second, 0.5, Quick with
            {
                Sampling = new NutsOptions
                {
                    Warmup = 20,
                    Draws = 4,
                    Chains =
                1
                }
            }).Draws.Model;
        double[] at = Fixture.Normals(model.Parameters.Count, 3), gradient = new double[at.Length], rest =
            new double[at.Length];
        model.LogDensity(at, gradient);
        for (int i = 0; i < at.Length; i++)
        {
            double value = at[i];
            at[i] = value + 1e-6;
            double above = model.LogDensity(at, rest);
            at[i] = value - 1e-6;
            double below = model.LogDensity(at, rest);
            at[i] = value;
            Assert.Equal((above - below) / 2e-6, gradient[i], 1e-4 * Math.Max(1, Math.Abs(gradient[i])));
        }
    }

    [Fact]
    public void A_data_set_without_spread_gets_noise_and_is_counted()
    {
        (double[][] first, double[][] second) = Scores(difference: 1);
        first[2] = [.. first[2].Select(_ => 90.0)];
        second[2] = [.. second[2].Select(_ => 90.0)];

        Assert.Equal(1, HierarchicalComparison.Of(first, second, 0.5, Quick).WithoutSpread);
        Fixture.Says<ArgumentException>(
            () => HierarchicalComparison.Of(first, second, 0, Quick), "Data set 3", "rope is 0");
    }

    [Fact]
    public void Bad_input_is_refused_in_a_sentence()
    {
        (double[][] first, double[][] second) = Scores(difference: 1);
        Fixture.Says<ArgumentException>(() => HierarchicalComparison.Of(first, second, -1), "rope is -1");
        Fixture.Says<ArgumentException>(
            () => HierarchicalComparison.Of(first, second[..4], 1), "12 data sets", "4");
        Fixture.Says<ArgumentException>(
            () => HierarchicalComparison.Of(first, second, 1, Quick with { Runs = 3 }), "10 scores", "3 runs");
        second[1] = second[1][..5];
        Fixture.Says<ArgumentException>(() => HierarchicalComparison.Of(first, second, 1), "Data set 2", "5 scores");
        second[1] = [.. first[1]];
        second[1][7] = double.NaN;
        Fixture.Says<ArgumentException>(
            () => HierarchicalComparison.Of(first, second, 1), "data set 2 of second", "NaN", "index 7");
        Fixture.Says<ArgumentException>(
            () => HierarchicalComparison.Of(first, first, 1), "constant on every data set");
    }

    private static (double[][] First, double[][] Second) Scores(double difference)
    {
        double[] noise = Fixture.Normals(12 * 21, 11);
        double[][] first = new double[12][], second = new double[12][];
        for (int i = 0; i < 12; i++)
        {
            double gap = difference + 0.3 * noise[i * 21 + 20];
            first[i] = [.. Enumerable.Range(0, 10).Select(j => 80 + noise[i * 21 + j])];
            second[i] = [.. Enumerable.Range(0, 10).Select(j => 80 + gap + noise[i * 21 + 10 + j])];
        }

        return (first, second);
    }
}
