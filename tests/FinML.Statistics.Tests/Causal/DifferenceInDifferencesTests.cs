using System.Globalization;

namespace FinML.Statistics.Tests;

public sealed class DifferenceInDifferencesTests
{
    // Golden/make_natural_experiments.R
    [Fact]
    public void Two_way_effects_of_an_unbalanced_staggered_panel()
    {
        DifferenceInDifferences result = DifferenceInDifferences.TwoWay(Staggered());

        Fixture.Near(Fixture.Column("staggered_twoway.csv", "effect")[0], result.Effect, 1e-9);
        Fixture.Near(Fixture.Column("staggered_twoway.csv", "se")[0], result.StandardError, 1e-9);
    }

    [Fact]
    public void Four_cells_and_pairs()
    {
        double[] a = [1, 2, 3], b = [5, 7, 9], c = [1, 1, 4], d = [2, 3, 4];

        DifferenceInDifferences cells = DifferenceInDifferences.OfCells(a, b, c, d);
        DifferenceInDifferences pairs = DifferenceInDifferences.OfPairs(
            [.. a, .. c], [.. b, .. d], [true, true, true, false, false, false]);

        Assert.Equal(4, cells.Effect, 1e-12);
        Assert.Equal(4, pairs.Effect, 1e-12);
        Assert.Equal(Math.Sqrt((1 + 4 + 3 + 1) / 3.0), cells.StandardError, 1e-12);
        // Changes 4, 5, 6 and 1, 2, 0: the two-sample t test with equal variances.
        Assert.Equal(Math.Sqrt(1 * (1 / 3.0 + 1 / 3.0)), pairs.StandardError, 1e-12);
        Assert.Equal((2, 7, 2, 3), pairs.Means);
        Assert.True(cells.Interval().Lower < 4 && cells.Interval().Upper > 4);
    }

    [Fact]
    public void One_cohort_two_way_group_time_and_pairs_agree()
    {
        TreatmentPanel panel = Simulated(cohorts: [(3, 20)], never: 20, periods: 2, start: 2, effect: (_, _) => 1.5);
        GroupTimeEffects course = GroupTimeEffects.Of(panel);
        double[] before = new double[40], after = new double[40];
        for (int row = 0; row < 80; row++)
            (panel.PeriodOf[row] == 0 ? before : after)[panel.UnitOf[row]] = panel.Outcomes[row];
        DifferenceInDifferences pairs = DifferenceInDifferences.OfPairs(
            before, after, [.. panel.FirstTreated.Select(f => f is not null)], CovarianceEstimator.HC0);

        Assert.Equal(pairs.Effect, DifferenceInDifferences.TwoWay(panel).Effect, 1e-10);
        Assert.Equal(pairs.Effect, course.Overall, 1e-10);
        Assert.Equal(pairs.StandardError, course.OverallStandardError, 1e-10);
    }

    /// <summary>Effects that grow: two-way effects go wrong, group-time effects do not.</summary>
    [Theory]
    [InlineData(ComparisonGroup.NeverTreated)]
    [InlineData(ComparisonGroup.NotYetTreated)]
    public void Effects_that_grow_under_staggered_adoption(ComparisonGroup comparison)
    {
        TreatmentPanel panel = Simulated(
            cohorts: [(3, 200), (7, 200)], never: 100, periods: 10, start: 1, effect: (group, t) => t - group + 1);

        GroupTimeEffects course = GroupTimeEffects.Of(panel, comparison);

        foreach (EventTimeEffect e in course.EventStudy)
        {
            double truth = Math.Max(e.EventTime + 1, 0);
            Assert.InRange(e.Effect, truth - 5 * e.StandardError - 1e-12, truth + 5 * e.StandardError + 1e-12);
        }

        // Mean over treated cells: cohort 3 has 1..8, cohort 7 has 1..4, 200 units each.
        Assert.Equal((36 + 10) / 12.0, course.Overall, 4 * course.OverallStandardError);
        Assert.InRange(course.OverallStandardError, 0.02, 0.15);
        DifferenceInDifferences twoWay = DifferenceInDifferences.TwoWay(panel);
        Assert.True(twoWay.Effect < course.Overall - 0.5, $"{twoWay.Effect} against {course.Overall}");
        Assert.Contains("equal effects", ((ICausalResult)twoWay).Contradicted);
    }

    [Fact]
    public void Bands_hold_the_whole_course_and_are_wider_than_one_interval()
    {
        GroupTimeEffects course = GroupTimeEffects.Of(
            Simulated(cohorts: [(4, 40)], never: 40, periods: 6, start: 1, effect: (_, _) => 0));

        var bands = course.Bands(replicates: 1999, seed: 3);

        Assert.Equal(course.Bands(replicates: 1999, seed: 3), bands);
        EventTimeEffect zero = course.EventStudy.Single(e => e.EventTime == 0);
        (_, double lower, double upper) = bands.Single(b => b.EventTime == 0);
        Assert.InRange((upper - lower) / (2 * zero.StandardError), 2.1, 3.2);
        Assert.DoesNotContain(bands, b => b.EventTime == -1);
    }

    [Fact]
    public void A_trend_of_the_treated_before_the_treatment_is_found()
    {
        TreatmentPanel panel = Simulated(
            cohorts: [(5, 60)], never: 60, periods: 7, start: 1, effect: (_, _) => 0, treatedTrend: 0.6);

        GroupTimeEffects course = GroupTimeEffects.Of(panel);

        Assert.True(course.PreTrend!.Value.PValue < 1e-4);
        Assert.Equal(3, course.PreTrend.Value.DegreesOfFreedom);
        Assert.Contains("parallel trends", ((ICausalResult)course).Contradicted);
        Assert.Contains("parallel trends", ((ICausalResult)DifferenceInDifferences.TwoWay(panel)).Contradicted);
    }

    [Fact]
    public void Bad_panels_are_refused_in_a_sentence()
    {
        double[] y = [1, 2, 3, 4];
        string[] units = ["a", "a", "b", "b"];
        int[] periods = [1, 2, 1, 2];
        Fixture.Says<ArgumentException>(
            () => TreatmentPanel.Of(y, units, [1, 1, 1, 2], [false, true, false, false]), "'a' has two rows in period "
            + "1");
        Fixture.Says<ArgumentException>(
            () => TreatmentPanel.Of(y, units, periods, [true, false, false, false]), "'a' is treated from 1 on and not "
            + "in 2");
        Fixture.Says<ArgumentException>(
            () => TreatmentPanel.Of(y, units, periods, [false, false, false, false]), "No unit is ever treated");
        Fixture.Says<ArgumentException>(
            () => TreatmentPanel.Of(y, units, periods, [true, true, true, true]), "from the first period 1");
        Fixture.Says<ArgumentException>(
            () => TreatmentPanel.Of(y, units, [1, 2], [true, true, true, true]), "periods has 2 rows", "4");
        Fixture.Says<ArgumentException>(
            () => TreatmentPanel.Of([1, 2, double.NaN, 4], units, periods, [false, true, false, false]), "NaN",
                "index 2");
        TreatmentPanel all = TreatmentPanel.Of(y, units, periods, [false, true, false, true]);
        Fixture.Says<ArgumentException>(() => DifferenceInDifferences.TwoWay(all), "untreated while another is "
        + "treated");
        Fixture.Says<ArgumentException>(() => GroupTimeEffects.Of(all), "NotYetTreated");
        Fixture.Says<ArgumentException>(() => GroupTimeEffects.Of(Staggered()), "81 rows", "12 units in 7 periods");
        Fixture.Says<ArgumentException>(
            () => DifferenceInDifferences.OfPairs(y, y, [true, true, true, true]), "4 of 4 units");
    }

    private static TreatmentPanel Staggered()
    {
        double[] unit = Fixture.Column("staggered.csv", "unit"), period = Fixture.Column("staggered.csv", "period");
        return TreatmentPanel.Of(
            Fixture.Column("staggered.csv", "y"),
            [.. unit.Select(u => u.ToString(CultureInfo.InvariantCulture))],
            [.. period.Select(p => (int)p)],
            [.. Fixture.Column("staggered.csv", "treated").Select(t => t == 1)]);
    }

    private static TreatmentPanel Simulated(
        (int First, int Units)[] cohorts, int never, int periods, int start, Func<int, int, double> effect,
        double treatedTrend = 0)
    {
        int?[] first = [.. cohorts.SelectMany(c => Enumerable.Repeat((int?)c.First, c.Units)),
            .. Enumerable.Repeat((int?)null, never)];
        double[] noise = Fixture.Normals(first.Length * (periods + 1), 31);
        var rows = Enumerable.Range(0, first.Length).SelectMany(u => Enumerable.Range(start, periods).Select(t => (
            Unit: $"u{u}", Period: t, Treated: first[u] <= t,
            Y: noise[u] + Math.Sqrt(t) + noise[first.Length + u * periods + t - start]
                + (first[u] is { } f && t >= f ? effect(f, t) : 0) + (first[u] is null ? 0 : treatedTrend
                * t)))).ToList();
        return TreatmentPanel.Of(
            [.. rows.Select(r => r.Y)], [.. rows.Select(r => r.Unit)], [.. rows.Select(r => r.Period)],
            [.. rows.Select(r => r.Treated)]);
    }
}
