namespace FinML.Statistics.Tests;

public sealed class SyntheticControlTests
{
    [Fact]
    public void A_mixture_of_donors_is_found_and_so_is_the_effect()
    {
        SyntheticControl control = SyntheticControl.Of(Panel(effect: 5), "treated", firstTreated: 20);

        Assert.Equal(0.7, control.Weights.Single(w => w.Unit == "donor 2").Weight, 1e-9);
        Assert.Equal(0.3, control.Weights.Single(w => w.Unit == "donor 5").Weight, 1e-9);
        Assert.Equal(5, control.AverageEffect, 1e-9);
        Assert.Equal(1, control.Weights.Sum(w => w.Weight), 1e-12);
        Assert.All(control.Weights, w => Assert.True(w.Weight >= 0));
    }

    /// <summary>No neighbour on the simplex is better: the first-order conditions of the convex problem.</summary>
    [Theory]
    [InlineData(3, 12)]
    [InlineData(30, 8)]
    [InlineData(5, 60)]
    public void Weights_are_optimal(int donors, int coordinates)
    {
        double[] numbers = Fixture.Normals((donors + 1) * coordinates, (ulong)donors);
        double[][] rows = [.. numbers.Chunk(coordinates)];
        double[] target = rows[^1];

        double[] w = NearestMixture.Weights(rows[..^1], target);

        double[] gap = [.. target.Select((t, j) => t - rows[..^1].Select((r, d) => w[d] * r[j]).Sum())];
        double[] gradient = [.. rows[..^1].Select(r => -r.Zip(gap, (a, b) => a * b).Sum())];
        double along = gradient.Zip(w, (g, v) => g * v).Sum();
        Assert.Equal(1, w.Sum(), 1e-12);
        Assert.All(w, v => Assert.True(v >= 0));
        Assert.All(gradient, g => Assert.True(g >= along - 1e-9 * coordinates));
    }

    [Fact]
    public void Placebos_rank_the_treated_unit_first_where_the_effect_is_large()
    {
        DonorPanel panel = Panel(effect: 5, noise: 0.3);

        PlaceboInference inference = SyntheticControl.Of(panel, "treated", 20).Placebos();

        Assert.Equal(1, inference.Rank);
        Assert.Equal(1.0 / 9, inference.PValue, 1e-12);
        Assert.Equal(9, inference.Count);
        Assert.All(inference.Placebos, p => Assert.DoesNotContain(p.Weights, w => w.Unit == "treated"));
    }

    [Fact]
    public void Predictors_that_tell_the_mixture_are_given_importance()
    {
        // The first predictor is the unit's own level, the second noise.
        DonorPanel plain = Panel(effect: 5);
        double[] level = [.. plain.Names.Select((_, u) => plain.Outcomes[u][..20].Average())];
        double[] trend = [.. plain.Names.Select((_, u) => plain.Outcomes[u][19] - plain.Outcomes[u][0])];
        var panel = new DonorPanel(
            [.. plain.Names.Select((n, u) => (n, plain.Outcomes[u]))],
            [("level", level), ("trend", trend), ("noise", Fixture.Normals(9, 50))]);

        SyntheticControl control = SyntheticControl.Of(panel, "treated", 20);

        Assert.True(control.Importance.Single(i => i.Predictor == "noise").Importance < 0.05);
        Assert.Equal(1, control.Importance.Sum(i => i.Importance), 1e-9);
        SyntheticControl given = SyntheticControl.Of(
            panel, "treated", 20, new SyntheticControlOptions { Importance = [1, 1, 0] });
        Assert.Equal(0, given.Importance[2].Importance);
        Assert.True(control.RmspeBefore <= given.RmspeBefore + 1e-9);
    }

    [Fact]
    public void Leaving_out_a_donor_of_weight_changes_the_counterfactual()
    {
        IReadOnlyList<(string LeftOut, double AverageEffect)> left =
            SyntheticControl.Of(Panel(effect: 5), "treated", 20).LeaveOneOut();

        Assert.Equal(["donor 2", "donor 5"], left.Select(l => l.LeftOut));
        Assert.All(left, l => Assert.NotEqual(5, l.AverageEffect, 1e-3));
    }

    [Fact]
    public void Bad_input_is_refused_in_a_sentence()
    {
        DonorPanel panel = Panel(effect: 1);
        Fixture.Says<ArgumentException>(() => SyntheticControl.Of(panel, "nobody", 20), "no unit 'nobody'", "donor 1");
        Fixture.Says<ArgumentException>(() => SyntheticControl.Of(panel, "treated", 30), "firstTreated is 30",
            "2 to 29");
        Fixture.Says<ArgumentException>(
            () => SyntheticControl.Of(panel, "treated", 20, new SyntheticControlOptions { FitFrom = 19 }),
                "FitTo is 20");
        Fixture.Says<ArgumentException>(() => new DonorPanel([("a", [1, 2, 3]), ("b", [1, 2, 3])]), "units is 2", "3");
        Fixture.Says<ArgumentException>(
            () => new DonorPanel([("a", [1, 2, 3]), ("a", [1, 2, 3]), ("b", [1, 2, 3])]), "'a'", "distinct");
        Fixture.Says<ArgumentException>(
            () => new DonorPanel([("a", [1, 2, 3]), ("b", [1, 2]), ("c", [1, 2, 3])]), "outcome of b", "2 values");
        Fixture.Says<ArgumentException>(
            () => new DonorPanel(
                [("a", [1, 2, 3]), ("b", [1, 2, 4]), ("c", [1, 2, 3])], [("p", [1.0, 1, 1])]), "p is constant at 1");
        Fixture.Says<ArgumentException>(
            () => SyntheticControl.Of(panel, "treated", 20).Placebos(0), "largestRmspe is 0");
    }

    /// <summary>Eight donors and one that is .7 of the second and .3 of the fifth, 30 periods.</summary>
    private static DonorPanel Panel(double effect, double noise = 0)
    {
        double[] numbers = Fixture.Normals(9 * 30, 21);
        double[][] donors = [.. Enumerable.Range(0, 8).Select(d =>
            Enumerable.Range(0, 30).Select(t => 10 + d + 0.1 * d * t + numbers[d * 30 + t]).ToArray())];
        double[] treated = [.. Enumerable.Range(0, 30).Select(t =>
            0.7 * donors[1][t] + 0.3 * donors[4][t] + noise * numbers[240 + t] + (t >= 20 ? effect : 0))];
        return new DonorPanel([("treated", treated), .. donors.Select((d, i) => ($"donor {i + 1}", d))]);
    }
}
